internal import Access
internal import Store

/// A restored state beside the present one.
struct RestoreComparison {
  private let present: any StoreReader
  private let restored: any StoreReader
  private let now: Timestamp

  init(_ present: any StoreReader, _ restored: any StoreReader, now: Timestamp) {
    self.present = present
    self.restored = restored
    self.now = now
  }

  // MARK: Tokens

  /// The tokens that open something in the restored state with a Token ID with which they open nothing now. The body is
  /// called for each token in the order of ids, with the ids of its Token IDs and the token in words.
  func forEachRevivedToken(_ body: (_ secrets: [TokenSecretID], _ text: String) throws -> Void) throws {
    var accounts: [AccountID: Account] = [:]
    var last: TokenRowID?
    while true {
      let page = try restored.heldTokens(after: last, limit: maximumPageRows)
      for token in page {
        if accounts[token.account] == nil { accounts[token.account] = try restored.account(token.account) }
        guard let account = accounts[token.account] else { continue }
        let revived = try live(token, of: account, restored).subtracting(try live(token.id, present))
        guard !revived.isEmpty else { continue }
        let owner = "\(account.kind.title) \(quoted(account.name.text))"
        let text = "the token \(quoted(token.name.text)) of \(owner), \(try why(token, account))"
        try body(revived.sorted(), text)
      }
      guard let end = page.last else { return }
      last = end.id
    }
  }

  private func live(_ id: TokenRowID, _ reader: any StoreReader) throws -> Set<TokenSecretID> {
    guard let token = try reader.token(id), let account = try reader.account(token.account) else { return [] }
    return try live(token, of: account, reader)
  }

  /// The Token IDs with which the token is found and opens what its user may see.
  private func live(
    _ token: Token, of account: Account, _ reader: any StoreReader
  ) throws -> Set<TokenSecretID> {
    guard account.isEnabled, token.state(at: now) == .live else { return [] }
    let ids = try reader.tokenIDs(of: token.id).filter { id in id.validUntil.map { now < $0 } ?? true }
    return Set(ids.map(\.secret))
  }

  /// The reason why the token opens nothing now.
  private func why(_ token: Token, _ account: Account) throws -> String {
    guard let known = try present.token(token.id) else { return "which is gone" }
    if try present.account(account.id)?.isEnabled != true { return "who is disabled" }
    return switch known.state(at: now) {
    case .live: "by a Token ID that was exchanged"
    case .revoked: "which is revoked"
    case .disabled: "which is disabled"
    case .expired: "which has expired"
    case .notYetValid: "which is not yet valid"
    }
  }

  // MARK: Users

  /// The users who become Administrator in the restored state, or can log in by means that don't work now. The body is
  /// called with each user in words: those who are Administrator first, then ordered by name.
  func forEachLetInAgain(_ body: (String) throws -> Void) throws {
    let restoredTerms = try restored.administrators()
    let become = restoredTerms.accounts(from: now)
    let gained = restoredTerms.gained(over: try present.administrators(), from: now)
    for isAdministrator in [true, false] {
      try forEachUser { user in
        guard become.contains(user.id) == isAdministrator, user.isEnabled else { return }
        let regained = try means(user, restored).subtracting(try presentMeans(of: user.id))
        let becomes = isAdministrator && gained.contains(user.id)
        guard becomes || !regained.isEmpty else { return }
        let verb =
          becomes
          ? "becomes Administrator" : isAdministrator ? "is let in as Administrator" : "is let in again"
        try body("the user \(quoted(user.name.text)) \(verb)" + (try restored.meansWords(of: user)))
      }
    }
  }

  private func presentMeans(of id: AccountID) throws -> Set<String> {
    guard let account = try present.account(id), account.isEnabled else { return [] }
    return try means(account, present)
  }

  private func means(_ account: Account, _ reader: any StoreReader) throws -> Set<String> {
    let keys = try reader.publicKeys(of: account.id).map { line in
      (try? SSHPublicKey(line)).map(\.material) ?? line
    }
    return Set(keys + (account.unixAccount.map { ["unix \($0.text)"] } ?? []))
  }

  private func forEachUser(_ body: (Account) throws -> Void) throws {
    try restored.forEachAccount(AccountQuery(kind: .user), now: now, body)
  }
}
