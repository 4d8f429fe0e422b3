internal import Access
internal import Store

/// Who becomes Administrator by a transaction, be it what it is for or what it comes to.
extension Change {
  /// From here on it is told what the changes are computed from, and who becomes Administrator.
  func beginBasis() throws {
    ledger.beginBasis()
    if ledger.administratorsBefore == nil { ledger.administratorsBefore = try writer.administrators() }
  }

  /// A digest of what was done so far and of who becomes Administrator by it, with all means to sign in that they
  /// have: so that nobody agrees to one and makes another.
  package func basis(of done: String) throws -> String {
    Proposal.basis(of: [done] + (try newAdministrators()))
  }

  /// As in `user “Carol” becomes Administrator, by the Unix account carol, the SSH key SHA256:…`.
  func newAdministrators() throws -> [String] {
    guard let before = ledger.administratorsBefore else { return [] }
    let after = try writer.administrators()
    let gained = after.gained(over: before, from: now)
    let concerned = gained.union(ledger.letIn.intersection(after.accounts(from: now)))
    return try concerned.map { id in
      let account = try account(id)
      let verb = !gained.contains(id) ? "is let in as" : "becomes"
      return "\(account.kind.title) \(quoted(account.name.text)) \(verb) Administrator"
        + (account.isEnabled ? "" : ", disabled") + (try writer.meansWords(of: account))
    }.sorted()
  }
}

extension SecurityReader {
  /// As in `, by the Unix account “carol”, the SSH key SHA256:…`.
  func meansWords(of account: Account) throws -> String {
    guard account.kind == .user else { return "" }
    let keys = try publicKeys(of: account.id).map { line in
      (try? SSHPublicKey(line)).map { "the SSH key \(KeyFingerprint($0))" } ?? "an SSH key that can't be read"
    }.sorted()
    let means = (account.unixAccount.map { ["the Unix account \(quoted($0.text))"] } ?? []) + keys
    return means.isEmpty ? ", and can't sign in yet" : ", by " + means.joined(separator: ", ")
  }
}

extension AuditDetails {
  /// That somebody else asked for what whoever agreed does.
  mutating func addAsker(of proposal: Proposal) {
    add("asked by", after: proposal.asker)
    if case .user(let id) = proposal.owner { add(Self.askerID, after: id.description) }
  }

  /// That somebody asked for what whoever agreed does, and could not do it.
  mutating func addRequester(of proposal: Proposal) {
    add("requested by", after: proposal.asker)
    if case .user(let id) = proposal.owner { add(Self.requesterID, after: id.description) }
  }

  /// The fields that have the ids of the users who asked.
  static var askerID: String { "asked by id" }
  static var requesterID: String { "requested by id" }
}

extension Change {
  /// What of it a second person must not overlook.
  func reasonsForTwo() throws -> [String] {
    let count = ledger.removalCount
    return try newAdministrators() + (count == 0 ? [] : ["\(count) deleted, revoked, or ended at once"])
      + (ledger.relaxesDual ? ["lets more be done by one person alone"] : [])
  }
}

extension Permission {
  /// Those by which proposals are decided: all that change who may do or see what.
  static let deciding: [Permission] = [
    .usersManage, .apiUsersManage, .teamsManage, .tokensManage, .rolesManage,
  ]
}
