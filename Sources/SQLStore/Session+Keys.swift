internal import Access
internal import Store

extension Session {
  func storeID() throws -> StoreID {
    guard let id = try first("SELECT store_id FROM store_identity", [], { try $0.value(0) as StoreID }) else {
      throw StoreError.corrupt(path: path, detail: "the store's id is missing")
    }
    return id
  }

  func keyUse(_ kind: TokenKeyKind) throws -> TokenKeyUse {
    var use = TokenKeyUse()
    let rows = try rows("SELECT state, key_id FROM token_key WHERE kind = ?", [kind.rawValue]) {
      (state: try $0.value(0) as KeyState, id: try $0.value(1) as KeyID)
    }
    for row in rows {
      switch row.state {
      case .current: use.current = row.id
      case .coming: use.coming = row.id
      case .leaving: use.leaving = row.id
      }
    }
    return use
  }

  private enum KeyState: String { case current, coming, leaving }

  func firstKey(_ kind: TokenKeyKind) throws -> KeyID? {
    try first("SELECT \(kind.column) FROM token_id ORDER BY rowid LIMIT 1") { try $0.value(0) as KeyID }
  }

  func tokenIDCounts(_ kind: TokenKeyKind) throws -> [KeyID: Int] {
    let column = kind.column
    let counts = try rows("SELECT \(column), count(*) FROM token_id GROUP BY \(column)") {
      (try $0.value(0) as KeyID, Int(try $0.integer(1)))
    }
    return Dictionary(uniqueKeysWithValues: counts)
  }

  /// Reads Token IDs in the order in which SQLite keeps them, so that each of their pages is written only
  /// once (sqlite.org/rowidtable.html).
  func tokenIDs(
    notUnder key: KeyID, _ kind: TokenKeyKind, after place: Int64?, limit: Int
  ) throws -> [PlacedTokenID] {
    try rows(
      "\(Self.selectPlaced) WHERE i.rowid > ? AND i.\(kind.column) <> ? ORDER BY i.rowid LIMIT ?",
      [place ?? 0, key.rawValue, limit], Self.placed)
  }

  func tokenIDs(after place: Int64?, limit: Int) throws -> [PlacedTokenID] {
    try rows(
      "\(Self.selectPlaced) WHERE i.rowid > ? ORDER BY i.rowid LIMIT ?", [place ?? 0, limit], Self.placed)
  }

  private static let selectPlaced = """
    SELECT i.id, i.token_id, t.account_id, i.lookup_key, i.lookup_hash, i.seal_key, i.sealed, i.hint,
      i.created_at, i.rowid
    FROM token_id AS i JOIN token AS t ON t.id = i.token_id
    """

  private static func placed(_ fields: Fields) throws -> PlacedTokenID {
    PlacedTokenID(try storedTokenID(fields), place: try fields.integer(9))
  }
}

extension Session {
  func setKeyUse(_ use: TokenKeyUse, _ kind: TokenKeyKind) throws {
    try execute("DELETE FROM token_key WHERE kind = ?", [kind.rawValue])
    let states = [(KeyState.current, use.current), (.coming, use.coming), (.leaving, use.leaving)]
    for (state, id) in states {
      guard let id else { continue }
      try execute(
        "INSERT INTO token_key (kind, key_id, state) VALUES (?, ?, ?)",
        [kind.rawValue, id.rawValue, state.rawValue])
    }
  }

  func rewrite(_ id: PlacedTokenID, _ kind: TokenKeyKind, as new: StoredTokenID) throws -> Bool {
    let condition = "WHERE rowid = ? AND id = ? AND \(kind.column) = ?"
    let row: [Value] = [id.place, id.stored.id.rawValue]
    switch kind {
    case .lookup:
      return try changeCountAside(
        "UPDATE token_id SET lookup_key = ?, lookup_hash = ? \(condition)",
        [new.lookup.key.rawValue, Blob(new.lookup.bytes)] + row + [id.stored.lookup.key.rawValue]) == 1
    case .seal:
      return try changeCountAside(
        "UPDATE token_id SET seal_key = ?, sealed = ? \(condition)",
        [new.sealed.key.rawValue, Blob(new.sealed.bytes)] + row + [id.stored.sealed.key.rawValue]) == 1
    }
  }

  func raiseGeneration(to generation: Generation) throws {
    try executeAside("UPDATE generation SET number = ?1 WHERE number < ?1", [generation])
    // What is kept of generations that are left out may be of changes that never came to be.
    try executeAside("DELETE FROM altered")
  }
}

extension TokenKeyKind {
  fileprivate var column: String { self == .lookup ? "lookup_key" : "seal_key" }
}
