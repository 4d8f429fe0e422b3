internal import Access
internal import Store

extension Session {
  /// Names that a transaction is going to enter into the search index. SQLite writes what the index gathered whenever a
  /// statement begins that may fail halfway, as nearly each does. So the names of many new accounts are entered together.
  final class WaitingNames {
    fileprivate var names: [(account: Int64, keys: SearchKeys)] = []
    /// The most names that wait, so that they take little memory.
    fileprivate static let most = 2_000
  }

  /// Enters an account into the search index, at the latest before anybody searches in the transaction, or the transaction
  /// ends.
  ///
  /// - Parameter account: the id of the account. Its number is found when its name is entered, because nobody has to wait
  ///   for the number of a new account.
  func enterIntoSearch(_ account: Int64, _ keys: SearchKeys) throws {
    guard let waitingNames else { return try enterNow(account, keys) }
    waitingNames.names.append((account, keys))
    if waitingNames.names.count >= WaitingNames.most { try enterWaitingNames() }
  }

  /// Enters the names that wait. Whoever reads the search index calls this first.
  func enterWaitingNames() throws {
    guard let waitingNames else { return }
    for (account, keys) in waitingNames.names { try enterNow(account, keys) }
    waitingNames.names = []
  }

  private func enterNow(_ account: Int64, _ keys: SearchKeys) throws {
    try execute(
      "INSERT INTO account_search (rowid, grams) SELECT number, ? FROM account WHERE id = ?",
      [SearchGrams.document(keys.folded), account], altering: .nobody)
  }

  /// Removes an account from the search index. A contentless index must be given the stored texts again to forget
  /// them (sqlite.org/fts5.html, 4.4.2).
  func removeFromSearch(_ number: Int64, _ keys: SearchKeys) throws {
    try enterWaitingNames()
    try execute(
      "INSERT INTO account_search (account_search, rowid, grams) VALUES ('delete', ?, ?)",
      [number, SearchGrams.document(keys.folded)], altering: .nobody)
  }
}
