internal import Access
internal import Store

extension Session {
  /// The dependents of a thing. A grant is named by its subject, because a grant that is given again has
  /// another id.
  func dependents(of thing: DeletedThing) throws -> [String] {
    try Dependents.all(of: thing.kind).flatMap { query in
      try rows("SELECT \(query.column) FROM \(query.source)", [thing.id]) {
        "\(query.kind) \(try $0.integer(0))"
      }
    }
  }

  func partCount(of thing: DeletedThing) throws -> Int {
    try Dependents.parts(of: thing.kind).reduce(0) { count, query in
      try count + self.count("SELECT count(*) FROM \(query.source)", [thing.id])
    }
  }
}

/// The queries for living things that belong to one thing or name it.
private struct Dependents {
  let kind: String
  let column: String
  let source: String

  init(_ kind: String, _ column: String, _ source: String) {
    self.kind = kind
    self.column = column
    self.source = source
  }

  static func parts(of kind: DeletedKind) -> [Dependents] {
    switch kind {
    case .connector:
      [
        Dependents("company", "id", "company WHERE connector_id = ? AND deleted_at IS NULL"),
        Dependents("list", "id", "data_list WHERE connector_id = ? AND deleted_at IS NULL"),
        Dependents(
          "item", "i.id",
          """
          item AS i JOIN data_list AS l ON l.id = i.list_id
          WHERE l.connector_id = ? AND l.deleted_at IS NULL AND i.deleted_at IS NULL
          """),
      ]
    case .list: [Dependents("item", "id", "item WHERE list_id = ? AND deleted_at IS NULL")]
    default: []
    }
  }

  static func all(of kind: DeletedKind) -> [Dependents] { parts(of: kind) + others(kind) }

  private static func others(_ kind: DeletedKind) -> [Dependents] {
    switch kind {
    case .user, .apiUser: []
    case .team: [Dependents("member", "account_id", "membership WHERE team_id = ? AND hidden = 0")]
    case .role:
      [
        Dependents(
          "holder", "coalesce(account_id, team_id)", "role_assignment WHERE role_id = ? AND hidden = 0")
      ]
    case .connector:
      [
        Dependents(
          "grant", "coalesce(account_id, team_id)", "access_grant WHERE connector_id = ? AND hidden = 0"),
        Dependents("widget", "id", "widget WHERE connector_id = ? AND deleted_at IS NULL"),
        Dependents("endpoint", "id", "endpoint WHERE connector_id = ? AND deleted_at IS NULL"),
      ]
    case .company: [grants("grant_company", "company_id")]
    case .list:
      [
        grants("grant_list", "list_id"),
        Dependents(
          "widget", "w.id",
          "widget_list AS p JOIN widget AS w ON w.id = p.widget_id WHERE p.list_id = ? AND w.deleted_at IS NULL"
        ),
        Dependents("endpoint", "id", "endpoint WHERE list_id = ? AND deleted_at IS NULL"),
      ]
    case .item: [grants("grant_item", "item_id")]
    case .widget: [tokens("token_widget", "widget_id")]
    case .endpoint: [tokens("token_endpoint", "endpoint_id")]
    }
  }

  private static func grants(_ table: String, _ column: String) -> Dependents {
    Dependents(
      "grant", "coalesce(g.account_id, g.team_id)",
      "\(table) AS p JOIN access_grant AS g ON g.id = p.grant_id WHERE p.\(column) = ? AND g.hidden = 0")
  }

  private static func tokens(_ table: String, _ column: String) -> Dependents {
    Dependents(
      "token", "k.id",
      "\(table) AS p JOIN token AS k ON k.id = p.token_id WHERE p.\(column) = ? AND k.revoked_at IS NULL")
  }
}
