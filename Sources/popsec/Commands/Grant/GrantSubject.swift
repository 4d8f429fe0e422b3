import Access
import ArgumentParser
import Store

/// The subject whose grants a command is about.
struct GrantSubject: ParsableArguments {
  @Option(help: ArgumentHelp("The grants of an API user.", valueName: "name"), completion: .names(.apiUsers))
  var apiUser: String?

  @Option(help: ArgumentHelp("The grants of a user.", valueName: "name"), completion: .names(.users))
  var user: String?

  @Option(help: ArgumentHelp("The grants of a team.", valueName: "name"), completion: .names(.teams))
  var team: String?

  func validate() throws {
    guard [apiUser, user, team].compactMap({ $0 }).count <= 1 else {
      throw ValidationError("give only one of --api-user, --user and --team")
    }
  }

  /// Finds the subject; nil where none was named.
  func find(_ finder: Finder) throws -> NamedSubject? {
    if let apiUser { return NamedSubject(try finder.account(.apiUser, apiUser)) }
    if let user { return NamedSubject(try finder.account(.user, user)) }
    return try team.map { NamedSubject(try finder.team($0)) }
  }

  /// Finds the subject, which must be named.
  func required(_ finder: Finder) throws -> NamedSubject {
    guard let named = try find(finder) else {
      throw Trouble(
        "nobody is named whose grants are meant", hint: "give --api-user, --user or --team",
        exitStatus: .usage
      )
    }
    return named
  }
}

/// A subject with the words by which records name it.
struct NamedSubject {
  let id: SubjectID
  /// The kind: `user`, `apiUser` or `team`.
  let kind: String
  let name: String

  init(_ account: Account) {
    id = .account(account.id)
    kind = account.kind.rawValue
    name = account.name.text
  }

  init(_ team: Team) {
    id = .team(team.id)
    kind = "team"
    name = team.name.text
  }
}
