import Access
import CBuild
import Gate

/// What this program was built of. Where nobody told the compiler, the program says that it doesn't know.
struct BuildInformation: Hashable, Sendable {
  static let unknown = "unknown"

  let version: String
  /// The commit as Git names it, 40 or 64 hexadecimal digits; `-modified` follows where the sources differed from
  /// the commit.
  let commit: String
  /// The date of the commit in UTC, such as 2026-11-28T17:44:00Z.
  let date: String
  /// The version of the stores that this program makes.
  let schema: Int

  /// Takes what the compiler was told. A text of another form is no fact, and counts as unknown.
  init(version: String, commit: String, date: String, schema: Int) {
    self.version = version
    self.schema = schema
    self.commit = Self.isCommit(commit) ? commit : Self.unknown
    self.date = self.commit != Self.unknown && Self.isDate(date) ? date : Self.unknown
  }

  // Each start of the program makes this value, and a regular expression would take two milliseconds of it.
  private static func isCommit(_ text: String) -> Bool {
    let name = text.hasSuffix("-modified") ? text.utf8.dropLast(9) : text.utf8[...]
    return [40, 64].contains(name.count) && name.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }

  private static func isDate(_ text: String) -> Bool {
    let form = "0000-00-00T00:00:00Z"
    return text.utf8.count == form.utf8.count
      && zip(text.utf8, form.utf8).allSatisfy { $1 == UInt8(ascii: "0") ? (48...57).contains($0) : $0 == $1 }
  }

  static let present = BuildInformation(
    version: Popsec.version, commit: String(cString: popsec_build_commit()),
    date: String(cString: popsec_build_date()), schema: Engine.knownVersion)

  var text: String {
    """
    popsec \(version)
    commit \(commit)
    date   \(date)
    schema \(schema)
    """
  }
}

extension ProgramFacts {
  static func present(startedAt: Timestamp) -> ProgramFacts {
    let build = BuildInformation.present
    return ProgramFacts(
      version: build.version, commit: build.commit, schema: build.schema,
      startedAt: startedAt.secondsSince1970)
  }
}
