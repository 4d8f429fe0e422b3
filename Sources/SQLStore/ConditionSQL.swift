internal import Access
internal import Store

/// A piece of SQL with the values of its marks.
struct ConditionSQL {
  let sql: String
  let values: [Session.Value]

  init(_ sql: String, _ values: [Session.Value] = []) { (self.sql, self.values) = (sql, values) }

  static var never: ConditionSQL { ConditionSQL("FALSE") }

  /// The conditions, each after ` AND `. A negated one holds where the test does not, be it that a value is missing.
  static func all(_ conditions: Conditions, _ test: (Condition.Test) -> ConditionSQL) -> ConditionSQL {
    let parts = conditions.all.map { ($0.isNegated, test($0.test)) }
    let sql = parts.map { isNegated, part in
      isNegated ? " AND NOT coalesce((\(part.sql)), FALSE)" : " AND (\(part.sql))"
    }
    return ConditionSQL(sql.joined(), parts.flatMap(\.1.values))
  }

  /// Whether a time lies in a range.
  static func range(_ column: String, _ range: TimeRange) -> ConditionSQL {
    var (parts, values): ([String], [Session.Value]) = (["\(column) IS NOT NULL"], [])
    if let from = range.from {
      parts.append("\(column) >= ?")
      values.append(from.secondsSince1970)
    }
    if let before = range.before {
      parts.append("\(column) < ?")
      values.append(before.secondsSince1970)
    }
    return ConditionSQL(parts.joined(separator: " AND "), values)
  }

  /// Whether a column has one of these values. Only SQLite knows a list of nothing.
  static func isAmong(_ column: String, _ values: [Int64]) -> ConditionSQL {
    values.isEmpty ? .never : ConditionSQL("\(column) IN (\(marks(values.count)))", values)
  }

  static func marks(_ count: Int) -> String { repeatElement("?", count: count).joined(separator: ", ") }

  /// Whether what has bounds is in force; two marks take the instant.
  static func inForce(_ alias: String) -> String {
    "(\(alias).from_at IS NULL OR \(alias).from_at <= ?) AND (\(alias).until_at IS NULL OR \(alias).until_at > ?)"
  }

  /// - Parameters:
  ///   - alias: of the thing that has the particulars.
  ///   - table: `account` or `token`.
  static func particulars(_ test: Condition.Test, _ alias: String, _ table: String) -> ConditionSQL? {
    let hasLabel = """
      EXISTS (SELECT 1 FROM \(table)_label AS l WHERE l.\(table)_id = \(alias).id AND l.label_key = ?
      """
    switch test {
    case .label(let label):
      return ConditionSQL(hasLabel + " AND l.label_value = ?)", [label.key, label.value])
    case .labelKey(let key): return ConditionSQL(hasLabel + ")", [key])
    case .owners(let owners): return Self.owners(owners, alias)
    default: return nil
    }
  }

  private static func owners(_ owners: Set<Owner>, _ alias: String) -> ConditionSQL {
    guard !owners.isEmpty else {
      return ConditionSQL("\(alias).owner_user IS NULL AND \(alias).owner_text IS NULL")
    }
    let parts: [ConditionSQL] = owners.map { owner in
      switch owner {
      case .user(let id): ConditionSQL("\(alias).owner_user = ?", [id.rawValue])
      case .text(let owner): ConditionSQL("\(alias).owner_text = ?", [owner.text])
      }
    }
    return ConditionSQL(parts.map(\.sql).joined(separator: " OR "), parts.flatMap(\.values))
  }
}

extension Conditions {
  /// The seconds of the instant at which the conditions are asked.
  var second: Session.Value { now.secondsSince1970 }

  /// The SQL on an account under an alias.
  func onAccount(_ alias: String) -> ConditionSQL { .all(self) { onAccount($0, alias) } }

  func onAccount(_ test: Condition.Test, _ alias: String) -> ConditionSQL {
    if let particulars = ConditionSQL.particulars(test, alias, "account") { return particulars }
    switch test {
    case .named(let part):
      return ConditionSQL("instr(coalesce(\(alias).search_key, \(alias).name_key), ?) > 0", [part.folded])
    case .accounts(let ids):
      return .isAmong("\(alias).id", ids.sorted().map(\.rawValue))
    case .team(let id): return isMember(alias, of: id)
    case .role(let role): return hasRole(alias, role)
    case .state(.isEnabled(let isEnabled)): return ConditionSQL("\(alias).enabled = ?", [isEnabled])
    case .time(.created, let range?): return .range("\(alias).created_at", range)
    case .time(.used, let range?): return .range("\(alias).last_used_at", range)
    case .time(.used, nil): return ConditionSQL("\(alias).last_used_at IS NULL")
    case .time(.unused, let range?): return .range(Self.idleSince(alias), range)
    case .time(.ends, let range): return hasEnd(alias, range)
    default: return .never
    }
  }

  /// The last use of an account or a token. What was never used counts from when it was made.
  static func idleSince(_ alias: String) -> String {
    "max(coalesce(\(alias).last_used_at, \(alias).created_at), \(alias).created_at)"
  }

  private func isMember(_ alias: String, of team: TeamID) -> ConditionSQL {
    ConditionSQL(
      """
      EXISTS (SELECT 1 FROM membership AS m WHERE m.team_id = ? AND m.account_id = \(alias).id AND m.hidden = 0
        AND \(ConditionSQL.inForce("m")))
      """, [team.rawValue, second, second])
  }

  private func hasRole(_ alias: String, _ role: SystemRole) -> ConditionSQL {
    let columns = RoleColumns(role)
    let given = "r.\(columns.column) = ? AND r.hidden = 0 AND \(ConditionSQL.inForce("r"))"
    return ConditionSQL(
      """
      EXISTS (SELECT 1 FROM role_assignment AS r WHERE r.account_id = \(alias).id AND \(given))
      OR EXISTS (SELECT 1 FROM membership AS m
        JOIN team AS x ON x.id = m.team_id AND x.deleted_at IS NULL
        JOIN role_assignment AS r ON r.team_id = x.id
        WHERE m.account_id = \(alias).id AND m.hidden = 0 AND \(ConditionSQL.inForce("m")) AND \(given))
      """, [columns.value, second, second, second, second, columns.value, second, second])
  }

  private func hasEnd(_ alias: String, _ range: TimeRange?) -> ConditionSQL {
    guard let range else {
      return ConditionSQL(
        """
        EXISTS (SELECT 1 FROM token AS e WHERE e.account_id = \(alias).id AND e.revoked_at IS NULL
          AND e.disabled = 0 AND e.expires_at IS NULL)
        """)
    }
    let within = ConditionSQL.range("e.ends_at", range)
    return ConditionSQL(
      "EXISTS (SELECT 1 FROM token_end AS e WHERE e.account_number = \(alias).number AND \(within.sql))",
      within.values)
  }

  /// The SQL on a team under an alias.
  func onTeam(_ alias: String) -> ConditionSQL {
    .all(self) { test in
      switch test {
      case .named(let part):
        return ConditionSQL("instr(coalesce(\(alias).search_key, \(alias).name_key), ?) > 0", [part.folded])
      case .role(let role):
        let columns = RoleColumns(role)
        return ConditionSQL(
          """
          EXISTS (SELECT 1 FROM role_assignment AS r WHERE r.team_id = \(alias).id
            AND r.\(columns.column) = ? AND r.hidden = 0 AND \(ConditionSQL.inForce("r")))
          """, [columns.value, second, second])
      case .time(.created, let range?): return .range("\(alias).created_at", range)
      default: return .never
      }
    }
  }
}
