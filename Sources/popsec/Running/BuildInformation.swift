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
    let name = #/([0-9a-f]{40}|[0-9a-f]{64})(-modified)?/#
    self.commit = commit.wholeMatch(of: name) == nil ? Self.unknown : commit
    let form = #/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/#
    self.date = self.commit == Self.unknown || date.wholeMatch(of: form) == nil ? Self.unknown : date
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
