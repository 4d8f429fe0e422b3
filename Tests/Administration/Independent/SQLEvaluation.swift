import Access
import Store
import TestSupport

/// Whether a request is allowed, by one plain SQL query over the store's tables: a second reading of
/// `domain.md` that shares no code with `decide`. Networks of tokens are left out.
struct SQLEvaluation {
  let made: MadeStore

  struct Request: CustomStringConvertible {
    var account: AccountID
    var token: TokenRowID?
    var widget: WidgetID?
    var endpoint: EndpointID?
    var method = "GET"
    var connector: ConnectorID?
    var company: CompanyID?
    var list: ListID?
    var itemKind: ItemKind?
    var itemKey: String?
    /// The instant that is asked about.
    var at = Timestamp.distantPast

    var description: String {
      "account \(account) token \(String(describing: token)) widget \(String(describing: widget)) "
        + "endpoint \(String(describing: endpoint)) \(method) connector \(String(describing: connector)) "
        + "company \(String(describing: company)) list \(String(describing: list)) "
        + "item \(String(describing: itemKind)) \(String(describing: itemKey)) at \(at)"
    }
  }

  /// The pairs that each request is allowed; none for a denial. Many are asked for at once, because whoever asks a server
  /// is a program that has to be started.
  func pairs(_ requests: [Request]) throws -> [Set<AccessPair>] {
    var found = [Set<AccessPair>](repeating: [], count: requests.count)
    for start in stride(from: 0, to: requests.count, by: 25) {
      let queries = requests.indices.dropFirst(start).prefix(25).map { index in
        "SELECT \(index), * FROM (\(Self.query(requests[index]))) AS asked"
      }
      for row in try made.run(queries.joined(separator: "\nUNION ALL\n")) {
        let numbers = row.map { $0.flatMap { Int64($0) } }
        guard let index = numbers[0], let list = numbers[2].flatMap({ ListID(rawValue: $0) }) else {
          continue
        }
        found[Int(index)].insert(
          AccessPair(company: numbers[1].flatMap { CompanyID(rawValue: $0) }, list: list))
      }
    }
    return found
  }

  /// The query with its values, in the form that both engines take.
  private static func query(_ request: Request) -> String {
    func text(_ value: String?) -> String? { value.map { "'\($0.replacing("'", with: "''"))'" } }
    func number(_ value: Int64?) -> String? { value.map { String($0) } }
    let values = [
      "account": number(request.account.rawValue), "token": number(request.token?.rawValue),
      "widget": number(request.widget?.rawValue), "endpoint": number(request.endpoint?.rawValue),
      "method": text(request.method == "HEAD" ? "GET" : request.method),
      "connector": number(request.connector?.rawValue), "company": number(request.company?.rawValue),
      "list": number(request.list?.rawValue), "kind": text(request.itemKind?.rawValue),
      "item": text(request.itemKey), "now": number(request.at.secondsSince1970),
    ]
    return sql.replacing(/:([a-z]+)/) { match in (values[String(match.output.1)] ?? nil) ?? "NULL" }
  }

  private static let sql = """
    WITH
    mine AS (
      SELECT id FROM account WHERE id = :account AND deleted_at IS NULL AND enabled = 1
    ),
    teams AS (
      SELECT m.team_id AS id FROM membership AS m JOIN team AS t ON t.id = m.team_id
      WHERE m.account_id = :account AND t.deleted_at IS NULL
        AND (m.from_at IS NULL OR :now >= m.from_at) AND (m.until_at IS NULL OR :now < m.until_at)
    ),
    roles AS (
      SELECT builtin, role_id FROM role_assignment
      WHERE (account_id = :account OR team_id IN (SELECT id FROM teams))
        AND (from_at IS NULL OR :now >= from_at) AND (until_at IS NULL OR :now < until_at)
    ),
    admin AS (SELECT 1 FROM roles WHERE builtin = 'Administrator'),
    surface AS (
      SELECT 1 FROM roles WHERE
        (:widget IS NOT NULL AND builtin IN
          ('Administrator', 'WidgetReader', 'WidgetContributor', 'WidgetAdministrator'))
        OR (:widget IS NULL AND builtin IN ('Administrator', 'APIReader'))
        OR role_id IN (
          SELECT p.role_id FROM role_permission AS p JOIN role AS r ON r.id = p.role_id
          WHERE r.deleted_at IS NULL
          AND p.permission = CASE WHEN :widget IS NULL THEN 'api.call' ELSE 'widgets.read' END)
    ),
    token_holds AS (
      SELECT 1 WHERE :token IS NULL
      UNION ALL
      SELECT 1 FROM token AS k WHERE k.id = :token AND k.account_id = :account AND k.revoked_at IS NULL
        AND k.disabled = 0 AND (k.expires_at IS NULL OR k.expires_at > :now)
        AND (k.valid_from IS NULL OR k.valid_from <= :now)
        AND (
          (NOT EXISTS (SELECT 1 FROM token_widget AS w WHERE w.token_id = k.id)
            AND NOT EXISTS (SELECT 1 FROM token_endpoint AS e WHERE e.token_id = k.id))
          OR EXISTS (SELECT 1 FROM token_widget AS w WHERE w.token_id = k.id AND w.widget_id = :widget)
          OR EXISTS (SELECT 1 FROM token_endpoint AS e WHERE e.token_id = k.id AND e.endpoint_id = :endpoint))
    ),
    meant AS (
      SELECT w.connector_id, l.list_id FROM widget AS w JOIN widget_list AS l ON l.widget_id = w.id
        WHERE w.id = :widget AND w.deleted_at IS NULL AND w.enabled = 1
      UNION ALL SELECT e.connector_id, e.list_id FROM endpoint AS e
        WHERE e.id = :endpoint AND e.deleted_at IS NULL AND e.enabled = 1
          AND EXISTS (SELECT 1 FROM endpoint_method AS m WHERE m.endpoint_id = e.id AND m.method = :method)
      UNION ALL SELECT connector_id, id FROM data_list
        WHERE :connector IS NOT NULL AND connector_id = :connector AND id = :list
    ),
    lists AS (
      SELECT DISTINCT m.connector_id, l.id FROM meant AS m
        JOIN data_list AS l ON l.id = m.list_id AND l.connector_id = m.connector_id AND l.deleted_at IS NULL
        JOIN connector AS c ON c.id = m.connector_id AND c.deleted_at IS NULL
      WHERE (:list IS NULL OR l.id = :list)
        AND (:item IS NULL OR EXISTS (SELECT 1 FROM item AS i WHERE i.list_id = l.id AND i.kind = :kind
          AND i.name_key = :item AND i.deleted_at IS NULL))
    ),
    places AS (
      SELECT l.connector_id, l.id AS list_id, c.id AS company_id FROM lists AS l
        JOIN company AS c ON c.connector_id = l.connector_id AND c.deleted_at IS NULL
      WHERE :company IS NULL OR c.id = :company
      UNION ALL SELECT l.connector_id, l.id, NULL FROM lists AS l
      WHERE :company IS NULL AND NOT EXISTS (
        SELECT 1 FROM company AS c WHERE c.connector_id = l.connector_id AND c.deleted_at IS NULL)
    )
    SELECT p.company_id, p.list_id FROM places AS p
    WHERE EXISTS (SELECT 1 FROM mine) AND EXISTS (SELECT 1 FROM surface) AND EXISTS (SELECT 1 FROM token_holds)
      AND (EXISTS (SELECT 1 FROM admin) OR EXISTS (
        SELECT 1 FROM access_grant AS g
        WHERE g.connector_id = p.connector_id
          AND (g.account_id = :account OR g.team_id IN (SELECT id FROM teams))
          AND (g.from_at IS NULL OR :now >= g.from_at) AND (g.until_at IS NULL OR :now < g.until_at)
          AND (
            EXISTS (SELECT 1 FROM grant_role AS r WHERE r.grant_id = g.id AND r.role = 'Administrator')
            OR (
              EXISTS (SELECT 1 FROM grant_role AS r WHERE r.grant_id = g.id AND r.role = 'User')
              AND (p.company_id IS NULL OR g.all_companies = 1 OR EXISTS (
                SELECT 1 FROM grant_company AS c WHERE c.grant_id = g.id AND c.company_id = p.company_id))
              AND (g.all_lists = 1 OR EXISTS (
                SELECT 1 FROM grant_list AS l WHERE l.grant_id = g.id AND l.list_id = p.list_id))
              AND (:item IS NULL
                OR (:kind = 'action' AND g.all_actions = 1) OR (:kind = 'detail' AND g.all_details = 1)
                OR (:kind = 'listAction' AND g.all_list_actions = 1)
                OR EXISTS (SELECT 1 FROM grant_item AS x JOIN item AS i ON i.id = x.item_id
                  WHERE x.grant_id = g.id AND i.list_id = p.list_id AND i.kind = :kind
                    AND i.name_key = :item AND i.deleted_at IS NULL))))))
    """
}
