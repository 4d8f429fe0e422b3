internal import Access
internal import Store

extension Session {
  /// Selects what is known about an account or a token, for ``Fields/particulars(_:)``.
  ///
  /// - Parameters:
  ///   - alias: the table's name in the query.
  ///   - table: `account` or `token`.
  static func particularsColumns(_ alias: String, _ table: String) -> String {
    """
    \(alias).created_by, \(alias).owner_user, \(alias).owner_text, \(alias).note,
      (SELECT group_concat(label_key || '=' || label_value, ' ') FROM \(table)_label
        WHERE \(table)_id = \(alias).id) AS labels
    """
  }

  func setParticulars(
    _ particulars: Particulars, of table: String, _ id: Int64, altering reach: AlteredReach
  ) throws {
    var (user, text): (Int64?, String?) = (nil, nil)
    switch particulars.owner {
    case .user(let owner): user = owner.rawValue
    case .text(let owner): text = owner.text
    case nil: break
    }
    let note = particulars.note.isEmpty ? nil : particulars.note.text
    try execute(
      "UPDATE \(table) SET owner_user = ?, owner_text = ?, note = ? WHERE id = ?", [user, text, note, id],
      altering: reach)
    try execute("DELETE FROM \(table)_label WHERE \(table)_id = ?", [id], altering: reach)
    for (key, value) in particulars.labels.pairs {
      try execute(
        "INSERT INTO \(table)_label (\(table)_id, label_key, label_value) VALUES (?, ?, ?)",
        [id, key, value],
        altering: reach)
    }
  }

  func labels(of holder: LabelHolder, from text: String, limit: Int) throws -> [Label] {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    var (key, value) = (parts.first ?? "", parts.count > 1 ? parts[1] : "")
    var comparison = ">="
    var found: [Label] = []
    // Each label is one look into the index, however many have the label.
    while found.count < limit, let next = try label(of: holder, comparison, key, value) {
      found.append(next)
      (key, value, comparison) = (next.key, next.value, ">")
    }
    return found
  }

  private func label(
    of holder: LabelHolder, _ comparison: String, _ key: String, _ value: String
  ) throws -> Label? {
    let table = holder.rawValue
    let living =
      switch holder {
      case .account: "SELECT 1 FROM account AS a WHERE a.id = l.account_id AND a.deleted_at IS NULL"
      case .token:
        """
        SELECT 1 FROM token AS t JOIN account AS a ON a.id = t.account_id
          WHERE t.id = l.token_id AND a.deleted_at IS NULL
        """
      }
    let sql = """
      SELECT l.label_key || '=' || l.label_value FROM \(table)_label AS l INDEXED BY \(table)_by_label
      WHERE (l.label_key, l.label_value) \(comparison) (?, ?) AND EXISTS (\(living))
      ORDER BY l.label_key, l.label_value LIMIT 1
      """
    return try first(sql, [key, value]) { try $0.checked(0, try? Label(try $0.text(0))) }
  }

  func owningUsers() throws -> Set<AccountID> {
    Set(
      try rows(
        """
        SELECT DISTINCT owner_user FROM account INDEXED BY account_by_owner_user WHERE owner_user IS NOT NULL
        UNION SELECT DISTINCT owner_user FROM token INDEXED BY token_by_owner_user WHERE owner_user IS NOT NULL
        """
      ) { try $0.id(0) })
  }
}

extension Fields {
  /// Who made it, and what is known about it: the columns of ``Session/particularsColumns(_:_:)``, of which this
  /// is the first.
  func particulars(_ column: Int) throws -> (createdBy: String?, particulars: Particulars) {
    var owner = try optionalText(column + 2).map { Owner.text(try checked(column + 2, try? OwnerText($0))) }
    if let user: AccountID = try optionalID(column + 1) { owner = .user(user) }
    let note = try optionalText(column + 3).map { try checked(column + 3, try? Note($0)) } ?? .empty
    let labels = try optionalText(column + 4).map { text in
      try checked(column + 4, try? Labels(try text.split(separator: " ").map { try Label($0) }))
    }
    return (
      try optionalText(column), Particulars(owner: owner, note: note, labels: labels ?? .none)
    )
  }
}
