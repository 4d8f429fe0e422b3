extension DocumentValue {
  /// Reads one whole YAML document by the core schema of YAML 1.2: plain words and numbers are literals.
  ///
  /// Errors: ``SecurityFileErrors`` with the places of what is wrong.
  package init(yaml bytes: [UInt8]) throws(SecurityFileErrors) {
    let problems = Problems()
    guard let value = bytes.withUnsafeBufferPointer({ Self.reading($0, problems) }), problems.list.isEmpty
    else {
      throw SecurityFileErrors(fileName: "document", problems: problems.list)
    }
    self = value
  }

  private static func reading(_ bytes: UnsafeBufferPointer<UInt8>, _ problems: Problems) -> DocumentValue? {
    guard let events = YamlEvents(bytes) else {
      problems.add("out of memory", at: .start)
      return nil
    }
    let composer = Composer(events, problems, maximumDepth: 100)
    do throws(SyntaxError) { return DocumentValue(try composer.entry(try composer.next())) } catch {
      problems.add(error.problem)
      return nil
    }
  }

  private init(_ node: Node) {
    switch node.content {
    case .scalar(let scalar): self = DocumentValue(scalar)
    case .sequence(let nodes): self = .list(nodes.map { DocumentValue($0) })
    case .mapping(let members):
      self = .mapping(members.map { Member(key: $0.key, value: DocumentValue($0.value)) })
    }
  }

  private init(_ scalar: Scalar) {
    if scalar.isNull {
      self = .null
    } else if let flag = scalar.boolean {
      self = .literal(String(flag))
    } else if scalar.style != .quoted, let number = Int64(scalar.text) {
      self = .literal(String(number))
    } else {
      self = .text(scalar.text)
    }
  }
}
