/// A security file after reading. The file is checked by itself, but not yet against a store.
///
/// A section that is nil is absent from the file, and the store's section is left alone.
package struct SecurityFile: Sendable {
  /// The only version of the format so far.
  static let version = 1
  /// The most bytes that a file may have. 100,000 API users with grants and tokens take some 50 MB.
  package static let maximumByteCount = 80 << 20
  /// The most entries that a section may have.
  static let maximumEntryCount = 1_000_000

  /// The name of the file in errors.
  package let name: String
  var connectors: [ConnectorEntry<Named>]?
  var widgets: [WidgetEntry]?
  var endpoints: [EndpointEntry]?
  var roles: [RoleEntry]?
  var teams: [TeamEntry]?
  var apiUsers: [AccountEntry]?
  var users: [AccountEntry]?
  var laws: [LawEntry]?
  /// The sections with entries that could not be read. A file without problems has no such section.
  var incompleteSections: Set<FileSection> = []

  /// Reads a file in YAML 1.2 or JSON, in UTF-8. A file whose name ends in `.json` is read as JSON. Any other
  /// file is read as JSON if it is valid JSON, and as YAML if not.
  ///
  /// Errors: all that is wrong with the file by itself, with the places.
  package static func parse(_ bytes: [UInt8], named name: String) throws(SecurityFileErrors) -> SecurityFile {
    guard bytes.count <= maximumByteCount else {
      throw SecurityFileErrors(
        fileName: name,
        problems: [
          FileProblem(
            "the file has \(bytes.count) bytes, the most is \(maximumByteCount)", at: .start,
            hint: "split it by sections: an absent section is left alone")
        ])
    }
    switch bytes.withUnsafeBufferPointer({ reading($0, named: name) }) {
    case .success(let file): return file
    case .failure(let errors): throw errors
    }
  }

  init(name: String) { self.name = name }

  /// Whether the file says which users there are. Otherwise the store's users are left alone.
  package var hasUsers: Bool { users != nil }

  func entries(of section: FileSection) -> [AccountEntry]? { section == .users ? users : apiUsers }

  private static func reading(
    _ bytes: UnsafeBufferPointer<UInt8>, named name: String
  ) -> Result<SecurityFile, SecurityFileErrors> {
    FileReader(name).read(events(of: bytes, named: name))
  }

  /// The events of a text in YAML or JSON; nil where there is no memory for them. The bytes must stay in place as
  /// long as the events are read.
  static func events(of bytes: UnsafeBufferPointer<UInt8>, named name: String) -> (any FileEvents)? {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? UnsafeBufferPointer(rebasing: bytes[3...]) : bytes
    let first = text.first { $0 > 0x20 }
    if name.lowercased().hasSuffix(".json") { return JSONEvents(text) }
    if first == UInt8(ascii: "{"), JSONEvents.isWhole(text) { return JSONEvents(text) }
    return YamlEvents(text)
  }
}

extension FilePosition {
  package static let start = FilePosition(line: 1, column: 1)
}

extension JSONEvents {
  /// Whether a text is valid JSON from its beginning to its end.
  static func isWhole(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let events = JSONEvents(bytes)
    while let piece = try? events.next() {
      if case .end = piece.event { return true }
    }
    return false
  }
}
