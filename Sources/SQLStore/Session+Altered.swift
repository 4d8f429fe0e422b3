internal import Access
internal import Store

extension Session {
  /// What a transaction has altered so far.
  final class Alteration {
    /// Whose decisions; nil where it altered nothing on which a decision may rest.
    private(set) var reach: AlteredReach?

    var isMade: Bool { reach != nil }

    func add(_ other: AlteredReach) {
      var all = reach ?? .nobody
      all.add(other)
      reach = all
    }
  }

  /// The number of generations of which the reach is kept.
  static let keptReaches: Int64 = 1_000

  func generation() throws -> Generation {
    guard let number = try first("SELECT number FROM generation", [], { try $0.integer(0) }) else {
      throw StoreError.corrupt(path: path, detail: "the generation is missing")
    }
    return number
  }

  /// Raises the generation, and records whose decisions the transaction may have altered.
  func raiseGeneration(_ reach: AlteredReach) throws {
    try executeAside("UPDATE generation SET number = number + 1")
    // A store that went back may have rows of generations that never came to be. Each is replaced when its number comes.
    try executeAside(
      """
      INSERT INTO altered (generation, accounts) SELECT number, ? FROM generation WHERE TRUE
      ON CONFLICT (generation) DO UPDATE SET accounts = excluded.accounts
      """, [reach.text])
    // Each change adds one row, so removing at most two keeps the number of rows bounded. The order makes PostgreSQL use
    // the index.
    try executeAside(
      """
      DELETE FROM altered WHERE generation IN (
        SELECT generation FROM altered WHERE generation <= (SELECT number FROM generation) - ?
        ORDER BY generation LIMIT 2)
      """, [Self.keptReaches])
  }

  func altered(after known: Generation, upTo present: Generation) throws -> AlteredReach {
    guard known <= present, present - known <= Self.keptReaches else { return .anybody }
    let reaches = try rows(
      "SELECT accounts FROM altered WHERE generation > ? AND generation <= ?", [known, present]
    ) { AlteredReach(try $0.optionalText(0)) }
    guard Int64(reaches.count) == present - known else { return .anybody }
    return reaches.reduce(into: .nobody) { $0.add($1) }
  }

  /// The reach of a change of this token; anybody where there is no such token.
  func reach(of token: TokenRowID) throws -> AlteredReach {
    try first("SELECT account_id FROM token WHERE id = ?", [token.rawValue]) { .account(try $0.id(0)) }
      ?? .anybody
  }

  /// The reach of a change of this grant; anybody where a team has the grant, or nobody.
  func reach(of grant: GrantID) throws -> AlteredReach {
    let holder = try first("SELECT account_id FROM access_grant WHERE id = ?", [grant.rawValue]) {
      try $0.optionalID(0) as AccountID?
    }
    return holder.flatMap { $0 }.map { .account($0) } ?? .anybody
  }
}

extension AlteredReach {
  /// The text that the store keeps; nil for anybody.
  fileprivate var text: String? {
    guard case .accounts(let accounts) = self else { return nil }
    return accounts.sorted().map { " \($0.rawValue)" }.joined()
  }

  /// What can't be read counts as anybody.
  fileprivate init(_ text: String?) {
    self = .anybody
    guard let text else { return }
    let ids = text.split(separator: " ").map { Int64($0).flatMap { AccountID(rawValue: $0) } }
    guard !ids.contains(nil) else { return }
    self = .accounts(Set(ids.compactMap { $0 }))
  }
}
