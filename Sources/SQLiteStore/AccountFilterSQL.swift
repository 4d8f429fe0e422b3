internal import Access
internal import GRDB
internal import Store

/// The SQL of a filter on accounts.
struct AccountFilterSQL {
  private let filter: ParticularsFilter
  /// The place from which the accounts are found where they are few, or in order by an index of their own; nil
  /// where all accounts are looked through in order.
  private let isDriven: Bool

  init(_ filter: ParticularsFilter, isDriven: Bool = false) {
    (self.filter, self.isDriven) = (filter, isDriven)
  }

  /// The condition on an account under an alias, to be added to others.
  func condition(_ alias: String) -> String {
    let labels = filter.labels.map { _ in
      """
       AND EXISTS (SELECT 1 FROM account_label AS l
        WHERE l.account_id = \(alias).id AND l.label_key = ? AND l.label_value = ?)
      """
    }
    return labels.joined() + ownerCondition(alias)
  }

  /// The condition on a row that names an account by its number.
  func condition(ofNumber column: String) -> String {
    guard filter != .all else { return "" }
    return " AND EXISTS (SELECT 1 FROM account AS fa WHERE fa.number = \(column)\(condition("fa")))"
  }

  var values: [Session.Value] {
    var values: [Session.Value] = filter.labels.flatMap { [$0.key as Session.Value, $0.value] }
    switch filter.owner {
    case .owner(.user(let id)): values.append(id.rawValue)
    case .owner(.text(let owner)): values.append(owner.text)
    case .nobody, nil: break
    }
    return values
  }

  /// The table of accounts under the alias `t`.
  func source(_ index: String) -> String {
    if filter.owner == .nobody, index == "account_by_name" {
      return "account AS t INDEXED BY account_without_owner"
    }
    guard isDriven else { return "account AS t INDEXED BY \(index)" }
    // A label has no quotes, by its type.
    if let label = filter.labels.first {
      return """
        account_label AS f INDEXED BY account_by_label CROSS JOIN account AS t
          ON t.id = f.account_id AND f.label_key = '\(label.key)' AND f.label_value = '\(label.value)'
        """
    }
    switch filter.owner {
    case .owner(.user): return "account AS t INDEXED BY account_by_owner_user"
    case .owner(.text): return "account AS t INDEXED BY account_by_owner_text"
    case .nobody, nil: return "account AS t INDEXED BY \(index)"
    }
  }

  private func ownerCondition(_ alias: String) -> String {
    switch filter.owner {
    case .owner(.user): " AND \(alias).owner_user = ?"
    case .owner(.text): " AND \(alias).owner_text = ?"
    case .nobody: " AND \(alias).owner_user IS NULL AND \(alias).owner_text IS NULL"
    case nil: ""
    }
  }
}

extension Session {
  /// Where a label or an owner has few accounts, these are found by it and sorted. Where there are many, a page is
  /// soon full of them.
  func sql(_ filter: ParticularsFilter) throws -> AccountFilterSQL {
    if let label = filter.labels.first {
      let isMany = try exists(
        "SELECT 1 FROM account_label WHERE label_key = ? AND label_value = ? LIMIT 1 OFFSET ?",
        [label.key, label.value, bounds.few - 1])
      return AccountFilterSQL(filter, isDriven: !isMany)
    }
    guard case .owner(let owner) = filter.owner else { return AccountFilterSQL(filter) }
    let (column, value): (String, Value) =
      switch owner {
      case .user(let id): ("owner_user", id.rawValue)
      case .text(let owner): ("owner_text", owner.text)
      }
    let isMany = try exists(
      "SELECT 1 FROM account WHERE \(column) = ? LIMIT 1 OFFSET ?", [value, bounds.few - 1])
    return AccountFilterSQL(filter, isDriven: !isMany)
  }
}
