internal import Access
internal import Store

extension Conditions {
  /// The SQL on a token under the alias `t`, of the account under the alias `a`.
  var onToken: ConditionSQL { .all(self, onToken) }

  /// Whether each condition can be answered from what the store keeps of the token itself.
  var asksOnlyAboutTokens: Bool {
    all.allSatisfy { condition in
      switch condition.test {
      case .time, .state, .network, .label, .labelKey, .owners, .named: true
      default: false
      }
    }
  }

  private func onToken(_ test: Condition.Test) -> ConditionSQL {
    if let particulars = ConditionSQL.particulars(test, "t", "token") { return particulars }
    switch test {
    case .namedOrHeld(let part):
      let (own, holder) = (onToken(.named(part)), onAccount(.named(part), "a"))
      return ConditionSQL("(\(own.sql) OR \(holder.sql))", own.values + holder.values)
    case .named(let part):
      return ConditionSQL("instr(coalesce(t.search_key, t.name_key), ?) > 0", [part.folded])
    case .accounts, .team: return onAccount(test, "a")
    case .state(.token(let state)): return isIn(state)
    case .network(let network?):
      return ConditionSQL(
        "EXISTS (SELECT 1 FROM token_network AS n WHERE n.token_id = t.id AND n.network = ?)",
        [network.description])
    case .network(nil):
      return ConditionSQL("NOT EXISTS (SELECT 1 FROM token_network AS n WHERE n.token_id = t.id)")
    case .time(let key, let range): return time(key, range)
    default: return .never
    }
  }

  private func time(_ key: ConditionKey, _ range: TimeRange?) -> ConditionSQL {
    switch (key, range) {
    case (.created, let range?): return .range("t.created_at", range)
    case (.used, let range?): return .range("t.last_used_at", range)
    case (.used, nil): return ConditionSQL("t.last_used_at IS NULL")
    case (.unused, let range?):
      let (live, idle) = (isIn(.live), ConditionSQL.range(Self.idleSince("t"), range))
      return ConditionSQL("\(live.sql) AND \(idle.sql)", live.values + idle.values)
    case (.ends, let range?):
      let within = ConditionSQL.range("t.expires_at", range)
      return ConditionSQL("t.revoked_at IS NULL AND t.disabled = 0 AND \(within.sql)", within.values)
    case (.ends, nil): return ConditionSQL("t.revoked_at IS NULL AND t.disabled = 0 AND t.expires_at IS NULL")
    default: return .never
    }
  }

  /// The state as ``Token/state(at:)`` tells it.
  private func isIn(_ state: TokenState) -> ConditionSQL {
    let usable = "t.revoked_at IS NULL AND t.disabled = 0"
    let goesOn = "(t.expires_at IS NULL OR t.expires_at > ?)"
    switch state {
    case .revoked: return ConditionSQL("t.revoked_at IS NOT NULL")
    case .disabled: return ConditionSQL("t.revoked_at IS NULL AND t.disabled = 1")
    case .expired: return ConditionSQL("\(usable) AND t.expires_at <= ?", [second])
    case .notYetValid: return ConditionSQL("\(usable) AND \(goesOn) AND t.valid_from > ?", [second, second])
    case .live:
      return ConditionSQL(
        "\(usable) AND \(goesOn) AND (t.valid_from IS NULL OR t.valid_from <= ?)", [second, second])
    }
  }
}

extension Session {
  /// The condition by which the tokens or accounts of a query are found where they are few. Nil: all accounts are
  /// gone through in order.
  func driver(_ conditions: Conditions) throws -> ConditionSQL? {
    for test in conditions.required {
      guard let rows = Self.rows(test) else { continue }
      let isMany = try exists(
        "SELECT 1 FROM \(rows.table) LIMIT 1 OFFSET ?", rows.condition.values + [bounds.few - 1])
      if !isMany {
        return ConditionSQL(
          "\(rows.column) IN (SELECT \(rows.key) FROM \(rows.table))", rows.condition.values)
      }
    }
    return nil
  }

  /// The rows that a test finds by an index; nil where no index finds them.
  private static func rows(
    _ test: Condition.Test
  ) -> (column: String, key: String, table: String, condition: ConditionSQL)? {
    func found(
      _ column: String, _ key: String, _ table: String, _ condition: ConditionSQL
    ) -> (String, String, String, ConditionSQL) {
      (column, key, "\(table) WHERE \(condition.sql)", condition)
    }
    switch test {
    case .accounts(let ids):
      return found("a.id", "id", "account", .isAmong("id", ids.sorted().map(\.rawValue)))
    case .team(let id):
      return found("a.id", "account_id", "membership", ConditionSQL("team_id = ?", [id.rawValue]))
    case .label(let label):
      return found(
        "t.id", "token_id", "token_label",
        ConditionSQL("label_key = ? AND label_value = ?", [label.key, label.value]))
    case .labelKey(let key):
      return found("t.id", "token_id", "token_label", ConditionSQL("label_key = ?", [key]))
    case .owners(let owners):
      guard owners.count == 1, case .user(let id)? = owners.first else { return nil }
      return found("t.id", "id", "token", ConditionSQL("owner_user = ?", [id.rawValue]))
    case .time(.ends, let range?):
      let within = ConditionSQL.range("ends_at", range)
      return found(
        "t.id", "token_id", "token_end",
        ConditionSQL("kind IN ('apiUser', 'user') AND \(within.sql)", within.values))
    default: return nil
    }
  }
}
