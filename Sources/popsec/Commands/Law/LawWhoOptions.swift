import Access
import ArgumentParser

/// Whom a law means.
struct LawWhoOptions: ParsableArguments {
  @Flag(help: "The law means all API users, also those added later.")
  var allApiUsers = false

  @Option(
    help: ArgumentHelp("An API user whom the law means; may be given again.", valueName: "name"),
    completion: .names(.apiUsers))
  var apiUser: [String] = []

  @Option(
    help: ArgumentHelp(
      "The law means the API users with this label; given again, those with all.", valueName: "key=value"),
    completion: .names(.labels))
  var label: [String] = []

  @Option(
    help: ArgumentHelp("The law means the API users in this team; may be given again.", valueName: "name"),
    completion: .names(.teams))
  var apiUserTeam: [String] = []

  @Flag(help: "The law means all users, also those added later.")
  var allUsers = false

  @Option(
    help: ArgumentHelp("A user whom the law means; may be given again.", valueName: "name"),
    completion: .names(.users))
  var user: [String] = []

  @Option(
    help: ArgumentHelp("The law means the users in this team; may be given again.", valueName: "name"),
    completion: .names(.teams))
  var userTeam: [String] = []

  var isEmpty: Bool {
    !allApiUsers && !allUsers && [apiUser, label, apiUserTeam, user, userTeam].allSatisfy(\.isEmpty)
  }

  func validate() throws {
    guard [allApiUsers, !apiUser.isEmpty, !label.isEmpty, !apiUserTeam.isEmpty].count(where: \.self) <= 1
    else {
      throw ValidationError("give only one of --all-api-users, --api-user, --label and --api-user-team")
    }
    guard [allUsers, !user.isEmpty, !userTeam.isEmpty].count(where: \.self) <= 1 else {
      throw ValidationError("give only one of --all-users, --user and --user-team")
    }
  }

  /// Errors: ``Trouble`` for what can't be a name or a label, and for too many names.
  func who() throws(Trouble) -> LawWho<AsWritten> {
    let apiUsers = try apiUsers
    let users = try users
    return try lawful { () throws(LawProblem) in try LawWho(apiUsers: apiUsers, users: users) }
  }

  private var apiUsers: LawSelection<AsWritten>? {
    get throws(Trouble) {
      if allApiUsers { return .all }
      if !apiUser.isEmpty { return .named(try names(apiUser)) }
      if !apiUserTeam.isEmpty { return .members(try names(apiUserTeam)) }
      return label.isEmpty ? nil : .labelled(try labels)
    }
  }

  private var users: LawSelection<AsWritten>? {
    get throws(Trouble) {
      if allUsers { return .all }
      if !user.isEmpty { return .named(try names(user)) }
      return userTeam.isEmpty ? nil : .members(try names(userTeam))
    }
  }

  private var labels: Labels {
    get throws(Trouble) {
      do throws(LabelProblem) {
        var labels: [Label] = []
        for text in label { labels.append(try Label(text)) }
        return try Labels(labels)
      } catch {
        throw Trouble(
          error.description, hint: "write a label as env=prod, each key once", exitStatus: .badData)
      }
    }
  }
}

/// The names that arguments give.
///
/// Errors: ``Trouble`` for what is no name.
func names(_ arguments: [String]) throws(Trouble) -> Set<Name> {
  var names: Set<Name> = []
  for argument in arguments { names.insert(try Name(argument: argument)) }
  return names
}

/// A value of a law. What can't be so is told as an error of the command line.
func lawful<Value>(_ make: () throws(LawProblem) -> Value) throws(Trouble) -> Value {
  do throws(LawProblem) { return try make() } catch {
    throw Trouble(error.description, hint: "popsec help law add tells what a law says", exitStatus: .badData)
  }
}
