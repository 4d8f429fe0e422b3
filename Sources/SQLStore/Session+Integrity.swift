internal import Access
internal import Store

extension Session {
  func damages() throws -> [String]? { try connection.damages() }

  func danglingGrantCount() throws -> Int {
    try count(
      """
      SELECT count(DISTINCT d.id) FROM (
        SELECT g.id FROM access_grant AS g JOIN connector AS c ON c.id = g.connector_id
          WHERE g.hidden = 0 AND c.deleted_at IS NOT NULL
        UNION ALL SELECT p.grant_id FROM grant_company AS p JOIN company AS c ON c.id = p.company_id
          WHERE c.deleted_at IS NOT NULL
        UNION ALL SELECT p.grant_id FROM grant_list AS p JOIN data_list AS l ON l.id = p.list_id
          WHERE l.deleted_at IS NOT NULL
        UNION ALL SELECT p.grant_id FROM grant_item AS p JOIN item AS i ON i.id = p.item_id
          WHERE i.deleted_at IS NOT NULL
      ) AS d JOIN access_grant AS g ON g.id = d.id WHERE g.hidden = 0
      """)
  }

  func allPublicKeys() throws -> [(user: Name, line: String)] {
    try rows(
      """
      SELECT a.name, k.public_key FROM account_key AS k JOIN account AS a ON a.id = k.account_id
      WHERE a.deleted_at IS NULL ORDER BY a.name_key, k.public_key
      """
    ) { (user: try $0.name(0), line: try $0.text(1)) }
  }
}
