import Access
import ArgumentParser

/// The choice between users and API users. Each command is written once for both.
protocol AccountChoice: Sendable {
  associatedtype Filter: ConditionOptions
  static var kind: AccountKind { get }
}

enum OfUsers: AccountChoice {
  typealias Filter = WhereOptions<WhereUsers>
  static let kind = AccountKind.user
}

enum OfAPIUsers: AccountChoice {
  typealias Filter = FilterOptions<WhereAPIUsers>
  static let kind = AccountKind.apiUser
}

extension AccountKind {
  var plural: String { title + "s" }
  var withArticle: String { self == .user ? "a user" : "an API user" }
  /// The name of the group of commands.
  var command: String { self == .user ? "user" : "api-user" }
  var nameHelp: ArgumentHelp { "The \(title)'s name." }
  var completion: CompletionKind { .names(self == .user ? .users : .apiUsers) }
}

struct UserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", abstract: "Users: people who may log in to the console.",
    subcommands: [
      AccountList<OfUsers>.self, AccountShow<OfUsers>.self, UserAdd.self, AccountRename<OfUsers>.self,
      AccountEnable<OfUsers>.self, AccountDisable<OfUsers>.self, AccountDelete<OfUsers>.self,
      AccountTeam<OfUsers>.self, AccountRole<OfUsers>.self, AccountDuplicate<OfUsers>.self, UserKey.self,
      AccountBulk<OfUsers>.self,
    ])
}

struct APIUserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "api-user", abstract: "API users: identities that consume data and never log in.",
    subcommands: [
      AccountList<OfAPIUsers>.self, AccountShow<OfAPIUsers>.self, APIUserAdd.self,
      AccountRename<OfAPIUsers>.self, AccountEnable<OfAPIUsers>.self, AccountDisable<OfAPIUsers>.self,
      AccountDelete<OfAPIUsers>.self, AccountTeam<OfAPIUsers>.self, AccountRole<OfAPIUsers>.self,
      AccountDuplicate<OfAPIUsers>.self, APIUserDescribe.self, AccountBulk<OfAPIUsers>.self,
    ])
}
