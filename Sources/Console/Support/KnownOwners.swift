import Access
import Administration
import Store
import Synchronization

/// The users who can be named as an owner in a form. They are read off the main actor, before a form is shown that
/// names them.
final class KnownOwners: Sendable {
  private struct Known {
    var names = NameBook()
    var ids: [NameKey: AccountID] = [:]
  }

  /// A form knows no more users than this number; the command line finds all of them.
  private static let maximumCount = 2_000
  private let known = Mutex(Known())

  /// Reads the users, and the one who is the owner now.
  func read(_ owner: Owner?, _ reader: any SecurityReader, now: Timestamp) throws {
    var read = Known()
    let query = AccountQuery(kind: .user)
    var paging = Paging(by: \PlacedAccount.cursor)
    while read.ids.count < Self.maximumCount,
      let rows = try paging.next({ try reader.placedAccounts(query, $0, limit: maximumPageRows, now: now) })
    {
      for row in rows {
        read.names.accounts[row.account.id] = (.user, row.account.name)
        read.ids[NameKey(row.account.name)] = row.account.id
      }
    }
    try read.names.enter(owners: [owner].compactMap(\.self), in: reader)
    known.withLock { [read] in $0 = read }
  }

  /// Reads some owners of rows that are shown.
  func read(_ owners: [Owner], _ reader: any SecurityReader) throws {
    let names = try NameBook(owners: owners, in: reader)
    known.withLock { $0.names.accounts.merge(names.accounts) { $1 } }
  }

  /// As it is typed; empty for nobody.
  func text(_ owner: Owner?) -> String {
    owner.map { owner in known.withLock { $0.names.name(owner) } } ?? ""
  }

  /// The owner whom a text names, as in `user:ada` or `web@example.com`; nil for an empty text.
  func owner(_ text: String, was: Owner?) -> Result<Owner?, Problem> {
    if text.isEmpty { return .success(nil) }
    // What stands for a user who is deleted is no text of an owner.
    if text == self.text(was) { return .success(was) }
    guard text.hasPrefix(Owner.userPrefix) else {
      do throws(OwnerProblem) { return .success(.text(try OwnerText(text))) } catch {
        return .failure(Problem(error.description))
      }
    }
    let name = try? Name(text.dropFirst(Owner.userPrefix.count))
    let id = name.flatMap { name in known.withLock { $0.ids[NameKey(name)] } }
    return id.map { .success(.user($0)) }
      ?? .failure(Problem("there is no such user", hint: "name one whole, or write a text"))
  }

  /// Lists the users, filtered by what is typed, and gives the owner as it is typed.
  func choose(_ typed: String, _ context: ConsoleContext) -> Effect<String> {
    let filter = typed.hasPrefix(Owner.userPrefix) ? String(typed.dropFirst(Owner.userPrefix.count)) : typed
    return .chooseAccount(.user, title: "Owner", filter: filter, context) { id, name in
      self.known.withLock {
        $0.names.accounts[id] = (.user, name)
        $0.ids[NameKey(name)] = id
      }
      return Owner.userPrefix + name.text
    }
  }

  /// A field that names an owner, with its typing; others as they are.
  func typing(_ field: Field<AccountGeneral>) -> Field<AccountGeneral> {
    guard field.key == "owner" else { return field }
    return Field("owner", field.label, \AccountGeneral.particulars.owner, .optional) { owner, _ in
      owner.map { [self.text($0)] } ?? []
    }.typed(
      .text(placeholder: "user:ada, or a text") { value, text in
        switch self.owner(text, was: value.particulars.owner) {
        case .success(let owner):
          value.particulars.owner = owner
          return nil
        case .failure(let problem): return problem.line
        }
      })
  }
}
