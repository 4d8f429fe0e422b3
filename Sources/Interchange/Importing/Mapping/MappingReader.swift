import Access

extension ImportMapping {
  /// The most bytes that a mapping may have.
  static let maximumByteCount = 4 << 20

  /// Reads a mapping in YAML or JSON.
  ///
  /// Errors: all that is wrong with the mapping, with the places.
  package static func parse(_ bytes: [UInt8], named name: String) throws(SecurityFileErrors) -> ImportMapping
  {
    let problems = Problems()
    let reader = MappingReader(problems)
    do throws(SyntaxError) {
      guard bytes.count <= maximumByteCount else {
        throw SyntaxError("the mapping has more than \(maximumByteCount) bytes", at: .start)
      }
      let rules = try reader.rules(of: try ImportText.utf8(bytes))
      if problems.list.isEmpty { return ImportMapping(fileName: name, rules: rules) }
    } catch {
      if error.isAlone { throw SecurityFileErrors(fileName: name, problems: [error.problem]) }
      problems.add(error.problem)
    }
    throw SecurityFileErrors(fileName: name, problems: problems.list)
  }
}

/// Makes rules of the text of a mapping file.
private struct MappingReader {
  private let problems: Problems
  private let decoder: Decoder

  init(_ problems: Problems) {
    self.problems = problems
    decoder = Decoder(problems)
  }

  func rules(of text: [UInt8]) throws(SyntaxError) -> [ImportMapping.Rule] {
    let root = try text.withUnsafeBufferPointer { (bytes) throws(SyntaxError) in
      try node(bytes)
    }
    guard case .mapping(let members) = root.content, members.isEmpty || members.contains(where: isMeant)
    else {
      throw SyntaxError(
        "this is no mapping: it has none of the keys \(choice(MappingKey.allCases.map(\.rawValue)))",
        at: root.position, isAlone: true)
    }
    guard let fields = Fields<MappingKey>(root, problems) else { return [] }
    return things(fields[.skip]).flatMap(skips) + things(fields[.rename]).flatMap(renames)
      + groups(fields[.groups])
  }

  private func node(_ bytes: UnsafeBufferPointer<UInt8>) throws(SyntaxError) -> Node {
    let isJSON = bytes.first { $0 > 0x20 } == UInt8(ascii: "{") && JSONEvents.isWhole(bytes)
    let events: (any FileEvents)? = isJSON ? JSONEvents(bytes) : YamlEvents(bytes)
    guard let events else { throw SyntaxError("out of memory", at: .start) }
    let composer = Composer(events, problems)
    let first = try composer.next()
    if case .end = first.event {
      throw SyntaxError("the mapping is empty", at: first.position)
    }
    let root = try composer.entry(first)
    _ = try composer.next()
    return root
  }

  /// Whether a key belongs to a mapping, or nearly does.
  private func isMeant(_ member: Node.Member) -> Bool {
    Nearest.nearest(to: member.key, among: MappingKey.allCases.map(\.rawValue)) != nil
  }

  private func things(_ node: Node?) -> [(thing: MappedThing, node: Node)] {
    guard let node, let fields = Fields<MappedThing>(node, problems) else { return [] }
    return MappedThing.allCases.compactMap { thing in fields[thing].map { (thing, $0) } }
  }

  private func skips(_ thing: MappedThing, _ node: Node) -> [ImportMapping.Rule] {
    patterns(node, thing.rawValue).map { rule(.skip(thing), $0) }
  }

  private func renames(_ thing: MappedThing, _ node: Node) -> [ImportMapping.Rule] {
    members(node, "what is renamed").compactMap { member in
      guard let name = decoder.name(member.value)?.name else { return nil }
      let pattern = NamePattern(text: member.key)
      guard pattern.isWhole else {
        problems.add(
          "\(shown(member.key)) can be many, which can't all have one name", at: member.keyPosition,
          hint: "rename them one by one")
        return nil
      }
      return rule(.rename(thing, to: name), Spot(value: member.key, position: member.keyPosition))
    }
  }

  private func groups(_ node: Node?) -> [ImportMapping.Rule] {
    guard let node else { return [] }
    return members(node, "groups").flatMap { member -> [ImportMapping.Rule] in
      let name: Name
      do throws(NameProblem) { name = try Name(member.key) } catch {
        problems.add(error.description, at: member.keyPosition)
        return []
      }
      return patterns(member.value, "the lists of a group").map { rule(.group(name), $0) }
    }
  }

  private func members(_ node: Node, _ what: String) -> [Node.Member] {
    if case .mapping(let members) = node.content { return members }
    decoder.wrongType(node, what, "a mapping")
    return []
  }

  private func patterns(_ node: Node, _ what: String) -> [Spot<String>] {
    decoder.elements(node, what) { element in
      decoder.text(element, "a published name").map { Spot(value: $0, position: element.position) }
    }
  }

  private func rule(_ effect: ImportMapping.Rule.Effect, _ spot: Spot<String>) -> ImportMapping.Rule {
    ImportMapping.Rule(effect: effect, pattern: NamePattern(text: spot.value), position: spot.position)
  }
}
