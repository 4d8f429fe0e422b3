import Access
import GRDB
@testable import SQLStore
@testable import SQLiteStore
import Store
import TestSupport
import Testing

/// The schema itself refuses what popsec never writes.
@Suite struct SQLiteSchemaTests {
  /// A store with one account (1), team (2), connector (3), list (4), role (5), grant (6), token (7).
  static let filled = """
    INSERT INTO account (id, kind, name, name_key, enabled, unix_account, created_at)
      VALUES (1, 'user', 'A', 'a', 1, 'ops', 0);
    INSERT INTO team (id, name, name_key, summary, created_at) VALUES (2, 'T', 't', '', 0);
    INSERT INTO connector (id, name, name_key) VALUES (3, 'C', 'c');
    INSERT INTO data_list (id, connector_id, name, name_key) VALUES (4, 3, 'L', 'l');
    INSERT INTO role (id, name, name_key, summary) VALUES (5, 'R', 'r', '');
    INSERT INTO access_grant (id, account_id, connector_id, all_companies, all_lists, all_actions,
      all_details, all_list_actions, holder, name_key) VALUES (6, 1, 3, 0, 0, 0, 0, 0, 'user', 'a');
    INSERT INTO token (id, account_id, name, name_key, expires_at, ever_without_expiry, created_at,
      disabled, revoked_at) VALUES (7, 1, 'T', 't', NULL, 1, 0, 0, 5);
    INSERT INTO audit (\(auditColumns)) VALUES (1, 0, 'ops', 'console', 'store.create', 'store', 's', 's', '{}',
      zeroblob(32), zeroblob(32));
    INSERT INTO audit_checkpoint (id, sequence, at, hash, sign_key, signature)
      VALUES (1, 1, 0, zeroblob(32), '0123456789abcdef', zeroblob(64));
    INSERT INTO audit (\(auditColumns)) VALUES (2, 0, 'ops', 'console', 'store.create', 'store', 's', 's', '{}',
      zeroblob(32), zeroblob(32));
    \(gateKey(1, "'one'"));
    \(gateKey(0, "'zero'", retired: "5"));
    """

  static let auditColumns = """
    sequence, at, actor, front_end, action, target_kind, target_id, target_name, details, previous_hash, hash
    """

  static let tokenID =
    "INSERT INTO token_id (token_id, ordinal, id, lookup_key, lookup_hash, seal_key, sealed, hint, created_at) VALUES "

  /// The key of a gate; its id is that digit 43 times.
  static func gateKey(_ digit: Int, _ name: String, retired: String = "NULL") -> String {
    let id = String(repeating: String(digit), count: 43)
    return """
      INSERT INTO gate_key VALUES ('\(id)', zeroblob(32), \(name), \(name), 0, 'ops', \(retired),
        '0123456789abcdef', zeroblob(64))
      """
  }

  static let refused = [
    // Accounts.
    "INSERT INTO account (id, kind, name, name_key, enabled, created_at) VALUES (0, 'user', 'B', 'b', 1, 0)",
    "INSERT INTO account (id, kind, name, name_key, enabled, created_at) VALUES (1, 'user', 'B', 'b', 1, 0)",
    "INSERT INTO account (id, kind, name, name_key, enabled, created_at) VALUES (9, 'robot', 'B', 'b', 1, 0)",
    "INSERT INTO account (id, kind, name, name_key, enabled, created_at) VALUES (9, 'user', '', 'b', 1, 0)",
    "INSERT INTO account (id, kind, name, name_key, enabled, created_at) VALUES (9, 'user', 'a', 'a', 1, 0)",
    "INSERT INTO account (id, kind, name, name_key, enabled, created_at) VALUES (9, 'user', 'B', 'b', 2, 0)",
    "INSERT INTO account (id, kind, name, name_key, enabled, created_at) VALUES (9, 'user', NULL, 'b', 1, 0)",
    "INSERT INTO account (id, kind, name, name_key, enabled, created_at) VALUES (9, 'user', 'B', 'b', 1, NULL)",
    "UPDATE account SET kind = 'apiUser'",
    "UPDATE account SET search_key = name_key",
    "INSERT INTO account (id, kind, name, name_key, enabled, unix_account, created_at) VALUES (9, 'user', 'B', 'b', 1, 'ops', 0)",
    "DELETE FROM account",
    "INSERT INTO account_key VALUES (9, 'ssh-ed25519 A')",
    "UPDATE account_tally SET living = -1",
    "INSERT INTO account_tally VALUES ('team', 0)",
    // Teams and roles.
    "INSERT INTO membership (team_id, account_id, name_key) VALUES (2, 9, 'x')",
    "INSERT INTO membership (team_id, account_id, name_key) VALUES (9, 1, 'x')",
    "UPDATE team SET member_count = -1",
    "INSERT INTO role_assignment (account_id, team_id, builtin, holder, name_key) VALUES (1, 2, 'X', 'user', 'a')",
    "INSERT INTO role_assignment (builtin, holder, name_key) VALUES ('X', 'user', 'a')",
    "INSERT INTO role_assignment (account_id, holder, name_key) VALUES (1, 'user', 'a')",
    "INSERT INTO role_assignment (account_id, builtin, role_id, holder, name_key) VALUES (1, 'X', 5, 'user', 'a')",
    "INSERT INTO role_assignment (account_id, builtin, holder, name_key) VALUES (1, 'X', 'team', 'a')",
    "INSERT INTO role_assignment (account_id, role_id, holder, name_key) VALUES (1, 9, 'user', 'a')",
    """
    INSERT INTO role_assignment (account_id, builtin, holder, name_key)
      VALUES (1, 'X', 'user', 'a'), (1, 'X', 'user', 'a')
    """,
    "INSERT INTO role_permission VALUES (9, 'audit.read')",
    // The catalogue.
    "INSERT INTO company (id, connector_id, name, name_key) VALUES (9, 9, 'M', 'm')",
    "INSERT INTO data_list (id, connector_id, name, name_key, group_name) VALUES (9, 3, 'M', 'm', 'G')",
    "INSERT INTO data_list (id, connector_id, name, name_key) VALUES (9, 3, 'l', 'l')",
    "INSERT INTO item (id, list_id, kind, name, name_key) VALUES (9, 4, 'column', 'M', 'm')",
    "INSERT INTO item (id, list_id, kind, name, name_key) VALUES (9, 9, 'action', 'M', 'm')",
    "INSERT INTO widget (id, name, name_key, url, connector_id, enabled, open) VALUES (9, 'W', 'w', '', 3, 1, 0)",
    "INSERT INTO widget (id, name, name_key, url, connector_id, enabled, open) VALUES (9, 'W', 'w', 'u', 9, 1, 0)",
    "INSERT INTO widget_list VALUES (9, 4)",
    "INSERT INTO widget_parameter VALUES (9, 'company', 'c')",
    "INSERT INTO endpoint (id, name, name_key, url, connector_id, list_id, enabled) VALUES (9, 'E', 'e', 'u', 3, 9, 1)",
    "INSERT INTO endpoint_method VALUES (9, 'GET')",
    // Grants.
    "UPDATE access_grant SET team_id = 2",
    "UPDATE access_grant SET account_id = NULL",
    "UPDATE access_grant SET connector_id = 9",
    "UPDATE access_grant SET all_lists = 2",
    "INSERT INTO access_grant SELECT 8, account_id, team_id, connector_id, 0, 0, 0, 0, 0, holder, name_key, hidden, NULL, NULL FROM access_grant",
    "UPDATE access_grant SET from_at = 5, until_at = 5",
    "INSERT INTO membership (team_id, account_id, name_key, from_at, until_at) VALUES (2, 1, 'a', 5, 4)",
    "INSERT INTO role_assignment (account_id, builtin, holder, name_key, from_at, until_at) VALUES (1, 'APIReader', 'user', 'a', 5, 5)",
    "UPDATE token SET valid_from = 9, expires_at = 9",
    "INSERT INTO grant_role VALUES (6, 'Owner')",
    "INSERT INTO grant_company VALUES (6, 9)",
    "INSERT INTO grant_list VALUES (9, 4)",
    "INSERT INTO grant_item VALUES (6, 9)",
    // Tokens.
    "UPDATE token SET account_id = 9",
    "UPDATE token SET revoked_at = NULL",
    "UPDATE token SET revoked_at = 6",
    "UPDATE token SET ever_without_expiry = 0",
    "UPDATE token SET ever_without_expiry = 0, expires_at = 1",
    "UPDATE token SET requests_per_minute = 0",
    "UPDATE token SET requests_per_minute = 1000001",
    "INSERT INTO token_widget VALUES (7, 9)",
    "INSERT INTO token_endpoint VALUES (7, 9)",
    "INSERT INTO token_network VALUES (9, '10.0.0.0/8')",
    tokenID + "(9, 1, 1, '0123456789abcdef', zeroblob(32), '0123456789abcdef', zeroblob(70), '7Hq', 0)",
    tokenID + "(7, 0, 1, '0123456789abcdef', zeroblob(32), '0123456789abcdef', zeroblob(70), '7Hq', 0)",
    tokenID + "(7, 1, 1, '0123456789abcde', zeroblob(32), '0123456789abcdef', zeroblob(70), '7Hq', 0)",
    tokenID + "(7, 1, 1, '0123456789abcdef', zeroblob(31), '0123456789abcdef', zeroblob(70), '7Hq', 0)",
    tokenID + "(7, 1, 1, '0123456789abcdef', zeroblob(32), '0123456789abcdef', zeroblob(42), '7Hq', 0)",
    tokenID + "(7, 1, 1, '0123456789abcdef', zeroblob(32), '0123456789abcdef', zeroblob(70), 'pst_7Hq', 0)",
    // Settings and drafts.
    "INSERT INTO setting (key, value) VALUES ('', 'x')",
    "INSERT INTO setting (key, value) VALUES ('a', NULL)",
    "INSERT INTO setting (key, account_id, value) VALUES ('a', 9, 'x')",
    "INSERT INTO setting (key, value) VALUES ('a', 'x'), ('a', 'y')",
    "INSERT INTO setting (key, account_id, value) VALUES ('a', 1, 'x'), ('a', 1, 'y')",
    "INSERT INTO draft (account_id, place, title, at, document) VALUES (9, 'p', 't', 0, 'd')",
    "INSERT INTO draft (account_id, place, title, at, document) VALUES (1, '', 't', 0, 'd')",
    "INSERT INTO draft (account_id, place, title, at, document) VALUES (1, 'p', 't', 0, '')",
    "INSERT INTO draft (account_id, place, title, at, document) VALUES (1, 'p', 't', 0, 'd'), (1, 'p', 't', 0, 'e')",
    // The audit log.
    "UPDATE audit SET actor = 'somebody'",
    "DELETE FROM audit",
    "INSERT INTO audit (\(auditColumns)) SELECT 4, at, actor, front_end, action, target_kind, target_id, target_name, details, hash, hash FROM audit LIMIT 1",
    "INSERT INTO audit (\(auditColumns)) SELECT 3, at, actor, front_end, action, target_kind, target_id, target_name, details, hash, zeroblob(31) FROM audit LIMIT 1",
    // The store itself and its keys.
    "UPDATE store_identity SET store_id = lower(hex(randomblob(16)))",
    "DELETE FROM store_identity",
    "INSERT INTO store_identity VALUES (2, lower(hex(randomblob(16))))",
    "INSERT INTO token_key VALUES ('audit', '0123456789abcdef', 'current')",
    "INSERT INTO token_key VALUES ('seal', '0123', 'current')",
    "INSERT INTO token_key VALUES ('seal', '0123456789abcdef', 'old')",
    "INSERT INTO token_key VALUES ('seal', '0123456789abcdef', 'current'), ('seal', '0123456789abcdee', 'current')",
    """
    INSERT INTO token_key VALUES ('lookup', 'ffffffffffffffff', 'current');
    \(tokenID)(7, 1, 1, '0123456789abcdef', zeroblob(32), '0123456789abcdef', zeroblob(70), '7Hq', 0)
    """,
    """
    INSERT INTO token_key VALUES ('seal', 'ffffffffffffffff', 'current');
    \(tokenID)(7, 1, 1, '0123456789abcdef', zeroblob(32), '0123456789abcdef', zeroblob(70), '7Hq', 0)
    """,
    gateKey(2, "'one'"),
    gateKey(1, "'one'", retired: "NULL"),
    gateKey(2, "''"),
    gateKey(2, "'two'").replacing("zeroblob(32)", with: "zeroblob(31)"),
    gateKey(2, "'two'").replacing("zeroblob(64)", with: "zeroblob(63)"),
    "UPDATE gate_key SET retired_at = NULL WHERE retired_at IS NOT NULL",
    "UPDATE gate_key SET retired_at = 9 WHERE retired_at IS NOT NULL",
    "DELETE FROM gate_key",
    "UPDATE audit_checkpoint SET sequence = 0",
    "DELETE FROM audit_checkpoint",
    "INSERT OR REPLACE INTO audit (\(auditColumns)) SELECT 1, 9, actor, front_end, action, target_kind, target_id, target_name, details, hash, hash FROM audit LIMIT 1",
  ]

  @Test("the schema refuses what breaks a rule", arguments: refused)
  func refuses(sql: String) throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.create(at: folder.store, now: .start)
    try store.connections.write { try $0.execute(sql: Self.filled) }
    let error = #expect(throws: DatabaseError.self) {
      try store.connections.write { try $0.execute(sql: sql) }
    }
    #expect(error?.resultCode == .SQLITE_CONSTRAINT)
  }

  @Test("each refused statement is wrong only in what it changes")
  func goodOnesPass() throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.create(at: folder.store, now: .start)
    try store.connections.write { database in
      try database.execute(sql: Self.filled)
      let good = "(7, 1, 1, '0123456789abcdef', zeroblob(32), '0123456789abcdef', zeroblob(70), '7Hq', 0)"
      try database.execute(sql: Self.tokenID + good)
      try database.execute(
        sql: """
          INSERT INTO account (id, kind, name, name_key, enabled, created_at) VALUES (9, 'user', 'B', 'b', 1, 0);
          INSERT INTO role_assignment (account_id, builtin, holder, name_key) VALUES (1, 'X', 'user', 'a');
          INSERT INTO item (id, list_id, kind, name, name_key) VALUES (9, 4, 'action', 'M', 'm');
          UPDATE token SET name = 'U', requests_per_minute = 1000000;
          INSERT INTO audit (\(Self.auditColumns)) SELECT 3, at, actor, front_end, action, target_kind, target_id, target_name,
            details, hash, hash FROM audit LIMIT 1;
          DELETE FROM audit WHERE sequence = 1;
          \(Self.gateKey(2, "'zero'"));
          UPDATE gate_key SET retired_at = 9 WHERE retired_at IS NULL;
          """)
    }
  }

  @Test(
    "a stored value that Access refuses is damage, told by row and column",
    arguments: [
      ("UPDATE account SET name = 'a' || char(27)", "name"), ("UPDATE account SET name = ' a'", "name"),
      ("UPDATE account SET created_at = 'yesterday'", "created_at"),
      ("UPDATE account SET created_at = 999999999999999", "created_at"),
      ("UPDATE account SET unix_account = 'a b'", "unix_account"),
      ("UPDATE account SET name = x'ff'", "name"),
    ])
  func damageIsTold(sql: String, column: String) throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.create(at: folder.store, now: .start)
    let account = try Sample.account("portal", .user)
    try store.write { try $0.insert(account) }
    try store.connections.write { try $0.execute(sql: sql) }
    let error = #expect(throws: StoreError.self) { try store.read { try $0.account(account.id) } }
    guard case .corrupt(_, let detail) = error else { throw Sample.Missing() }
    #expect(detail.contains(column) && detail.contains(account.id.description))
  }
}
