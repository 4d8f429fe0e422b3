import Access
import Administration

/// A file of tests of access.
package struct AccessTestFile: Sendable {
  /// The only version of the format so far.
  static let version = 1
  /// The most bytes that a file may have.
  package static let maximumByteCount = 80 << 20
  /// The most tests that a file may have.
  static let maximumTestCount = 100_000

  package let name: String
  package fileprivate(set) var tests: [AccessTest] = []

  /// Reads a file in YAML 1.2 or JSON, in UTF-8.
  ///
  /// Errors: all that is wrong with the file, with the places.
  package static func parse(_ bytes: [UInt8], named name: String) throws(SecurityFileErrors) -> AccessTestFile
  {
    guard bytes.count <= maximumByteCount else {
      throw SecurityFileErrors(
        fileName: name,
        problems: [
          FileProblem(
            "the file has \(bytes.count) bytes, the most is \(maximumByteCount)", at: .start,
            hint: "split it: popsec test takes several files")
        ])
    }
    let read = bytes.withUnsafeBufferPointer {
      AccessTestReader().read(SecurityFile.events(of: $0, named: name), named: name)
    }
    switch read {
    case .success(let file): return file
    case .failure(let errors): throw errors
    }
  }
}

/// Makes tests of the events of a file.
private struct AccessTestReader {
  private let problems = Problems()
  private let decoder: Decoder

  init() { decoder = Decoder(problems, of: AccessTestFileKey.owner) }

  func read(_ events: (any FileEvents)?, named name: String) -> Result<AccessTestFile, SecurityFileErrors> {
    var file = AccessTestFile(name: name)
    do throws(SyntaxError) {
      guard let events else { throw SyntaxError("out of memory", at: .start, isAlone: true) }
      try readRoot(Composer(events, problems), into: &file)
    } catch {
      if error.isAlone { return .failure(SecurityFileErrors(fileName: name, problems: [error.problem])) }
      problems.add(error.problem)
    }
    return problems.list.isEmpty
      ? .success(file) : .failure(SecurityFileErrors(fileName: name, problems: problems.list))
  }

  private func readRoot(_ composer: Composer, into file: inout AccessTestFile) throws(SyntaxError) {
    let root = try composer.next()
    let begin = "begin with popsecTest: \(AccessTestFile.version)"
    guard case .mappingStart = root.event else {
      throw SyntaxError("\(AccessTestFileKey.owner) is a mapping", at: root.position, hint: begin)
    }
    var seen: Set<AccessTestFileKey> = []
    try composer.members(of: root.position) { (text, position, value) throws(SyntaxError) in
      let key = Fields<AccessTestFileKey>.key(text, at: position, problems)
      if let key { seen.insert(key) }
      switch key {
      case .popsecTest:
        try decoder.checkVersion(
          try composer.entry(value), key?.rawValue ?? "", of: AccessTestFileKey.owner, AccessTestFile.version)
      case .tests: try readTests(composer, value, into: &file)
      case nil: _ = try composer.entry(value)
      }
    }
    for key in AccessTestFileKey.required.subtracting(seen).sorted(by: { $0.rawValue < $1.rawValue }) {
      problems.add(
        "\(AccessTestFileKey.owner) needs the key \(shown(key.rawValue))", at: root.position, hint: begin)
    }
    guard case .end = try composer.next().event else { return }
  }

  private func readTests(
    _ composer: Composer, _ value: Composer.Piece, into file: inout AccessTestFile
  ) throws(SyntaxError) {
    guard case .sequenceStart = value.event else {
      return decoder.wrongType(try composer.entry(value), "tests", "a list")
    }
    try composer.elements(of: value.position) { (piece) throws(SyntaxError) in
      guard file.tests.count < AccessTestFile.maximumTestCount else {
        throw SyntaxError("a file has at most \(AccessTestFile.maximumTestCount) tests", at: piece.position)
      }
      if let test = AccessTestDecoder(decoder).test(try composer.entry(piece)) { file.tests.append(test) }
      // Beyond the limit no problems are collected, so reading on would only take time.
      if problems.isFull { throw SyntaxError("too many errors", at: piece.position) }
    }
  }
}
