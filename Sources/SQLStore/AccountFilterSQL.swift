internal import Access
internal import Store

/// The SQL of conditions on accounts.
struct AccountFilterSQL {
  private let conditions: Conditions
  /// Whether the accounts are found where they are few; else all accounts are looked through in order.
  private let isDriven: Bool

  init(_ conditions: Conditions, isDriven: Bool = false) {
    (self.conditions, self.isDriven) = (conditions, isDriven)
  }

  /// The condition on an account under an alias, to be added to others.
  func condition(_ alias: String) -> String { conditions.onAccount(alias).sql }

  /// The condition on a row that names an account by its number.
  func condition(ofNumber column: String) -> String {
    guard !conditions.isEmpty else { return "" }
    return " AND EXISTS (SELECT 1 FROM account AS fa WHERE fa.number = \(column)\(condition("fa")))"
  }

  var values: [Session.Value] { conditions.onAccount("t").values }

  /// The table of accounts under the alias `t`.
  func source(_ index: String) -> String {
    let tests = conditions.required
    if index == "account_by_name", tests.contains(.owners([])) {
      return "account AS t INDEXED BY account_without_owner"
    }
    guard isDriven, let test = tests.first(where: \.canDrive) else {
      return "account AS t INDEXED BY \(index)"
    }
    switch test {
    // A label has no quotes, by its type.
    case .label(let label):
      return """
        account_label AS f INDEXED BY account_by_label CROSS JOIN account AS t
          ON t.id = f.account_id AND f.label_key = '\(label.key)' AND f.label_value = '\(label.value)'
        """
    case .team(let team):
      return """
        membership AS f CROSS JOIN account AS t ON t.id = f.account_id AND f.team_id = \(team.rawValue)
        """
    case .owners(let owners):
      guard case .user? = owners.first else { return "account AS t INDEXED BY account_by_owner_text" }
      return "account AS t INDEXED BY account_by_owner_user"
    default: return "account AS t INDEXED BY \(index)"
    }
  }
}

extension Condition.Test {
  /// Whether an index of its own finds the accounts.
  fileprivate var canDrive: Bool {
    switch self {
    case .label, .team: true
    case .owners(let owners): owners.count == 1
    default: false
    }
  }
}

extension Session {
  /// Where a condition has few accounts, these are found by it and sorted. Where there are many, a page is soon full of
  /// them.
  func sql(_ conditions: Conditions) throws -> AccountFilterSQL {
    guard let test = conditions.required.first(where: \.canDrive), let rows = Self.driving(test) else {
      return AccountFilterSQL(conditions)
    }
    let isMany = try exists("SELECT 1 FROM \(rows.sql) LIMIT 1 OFFSET ?", rows.values + [bounds.few - 1])
    return AccountFilterSQL(conditions, isDriven: !isMany)
  }

  private static func driving(_ test: Condition.Test) -> ConditionSQL? {
    switch test {
    case .label(let label):
      return ConditionSQL("account_label WHERE label_key = ? AND label_value = ?", [label.key, label.value])
    case .team(let team): return ConditionSQL("membership WHERE team_id = ?", [team.rawValue])
    case .owners(let owners):
      switch owners.first {
      case .user(let id): return ConditionSQL("account WHERE owner_user = ?", [id.rawValue])
      case .text(let owner): return ConditionSQL("account WHERE owner_text = ?", [owner.text])
      case nil: return nil
      }
    default: return nil
    }
  }
}
