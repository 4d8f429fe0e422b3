import Access
import Administration
import ArgumentParser
import Dispatch
import Foundation
import Store
import Synchronization

/// What the value of an option or an argument names, so that a shell can complete it.
enum NameCompletion: Hashable, Sendable {
  case apiUsers, users, teams, connectors, widgets, endpoints, gateKeys
  /// The accounts that the command's group is about, `user` or `api-user`.
  case groupAccounts
  /// Users, API users and teams.
  case subjects
  /// The accounts of tokens: API users, or with `--user` users.
  case tokenHolders
  /// The tokens of the account that is the command's first argument.
  case tokens
  /// The account and then its token, as several values of one argument.
  case tokenHoldersAndTokens
  /// The tokens of the account that `--api-user` or `--user` names.
  case tokensOfNamed
  /// System roles, built in and custom.
  case roles
  /// System roles that can be changed.
  case customRoles
  case laws
  case permissions, connectorRoles, settings, methods, schemas
  /// Things of the connector that the command line names, directly or by a widget or an endpoint.
  case companies, lists, groups
  /// Items of a connector, written as `LIST: ITEM`.
  case listItems(ItemKind)
  /// Items of the list that `--list` names.
  case items(ItemKind)
  /// Owners, written as `user:NAME`.
  case owners
  /// Labels, written as `KEY=VALUE`.
  case labels
  case labelKeys
  /// Deleted things of the kind that is the command's first argument.
  case deleted
  /// The numbers of proposals that wait.
  case proposals
  /// Instants now or later, and with `ends` also `never`.
  case laterTimes(ends: Bool)
  /// Instants in the past.
  case earlierTimes
  /// Instants of any kind, and `now`.
  case times
  case sources, networks
  /// Conditions on the things of a list.
  case conditions(ListedKind)

  /// The greatest number of names that are offered.
  static let mostNames = 50

  /// The time after which nothing is offered any more.
  static let milliseconds = 50

  /// The names that fit what is typed, as the shell needs them. Whatever goes wrong, nothing is offered and nothing is
  /// said, because a person is in the middle of typing.
  func candidates(_ words: [String], _ index: Int) -> [String] {
    guard !Caller.current.isRemote, !words.contains(where: SecretArguments.looksSecret) else { return [] }
    let shell = CompletionShell.requesting
    let line = CompletionLine(words: words, index: index, isQuoted: Self.quotes(shell))
    return inTime { names(line) }.compactMap { CompletionCandidate.text($0, for: shell) }
  }

  private func names(_ line: CompletionLine) -> [String] {
    if let known = KnownValues.values(self, now: Surroundings.system.now()) {
      let typed = line.typed.lowercased()
      return known.filter { $0.lowercased().hasPrefix(typed) }
    }
    // Without a store, or without the right to read it, there is nothing to offer.
    return (try? StoredNames(line).names(self)) ?? []
  }

  /// Whether a shell passes words with their quotes. fish does since its version 4.
  private static func quotes(_ shell: CompletionShell?) -> Bool {
    guard shell == .fish else { return true }
    let major = CompletionShell.requestingVersion?.split(separator: ".").first.flatMap { Int($0) }
    return (major ?? 0) >= 4
  }

  /// The result of work that takes too long is dropped with the process.
  private func inTime(_ work: @escaping @Sendable () -> [String]) -> [String] {
    let found = FoundNames()
    let isDone = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      found.names.withLock { $0 = work() }
      isDone.signal()
    }
    let isInTime = isDone.wait(timeout: .now() + .milliseconds(Self.milliseconds)) == .success
    return isInTime ? found.names.withLock { $0 } : []
  }
}

private final class FoundNames: Sendable { let names = Mutex<[String]>([]) }

extension CompletionKind {
  /// Completes a value by the names that the store has.
  static func names(_ kind: NameCompletion) -> CompletionKind {
    .custom { words, index, _ in kind.candidates(words, index) }
  }
}
