import Access
import PostgresStore
import Store
import TestSupport
import Testing

@testable import SQLStore

@Suite(
  "A database that somebody else has filled or set",
  .enabled(if: PostgresServer.shared != nil, "\(PostgresServer.absence)"))
struct UnfitDatabaseTests {
  private let server: PostgresServer

  init() throws { server = try .running() }

  /// Everything that is in a database besides the server's own.
  private func contents(_ name: String) throws -> String {
    try server.query(
      name,
      """
      SELECT string_agg(n.nspname || '.' || coalesce(c.relname, ''), ',' ORDER BY 1) FROM pg_namespace AS n
      LEFT JOIN pg_class AS c ON c.relnamespace = n.oid
      WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
      """)
  }

  @Test(
    "schemas of somebody else by the names of popsec's are named, refused, and left as they are",
    arguments: [
      "CREATE SCHEMA popsec; CREATE TABLE popsec.account (mine TEXT)", "CREATE SCHEMA popsec_gate",
      "CREATE SCHEMA popsec; CREATE TABLE popsec.migration (number TEXT)",
      "CREATE SCHEMA popsec; CREATE SCHEMA popsec_gate; CREATE TABLE popsec_gate.migration (number TEXT); "
        + "CREATE TABLE popsec.migration (number TEXT); INSERT INTO popsec.migration VALUES ('one')",
      "CREATE SCHEMA popsec; CREATE TABLE popsec.migration (version INT)",
      "CREATE SCHEMA popsec; CREATE VIEW popsec.migration AS SELECT 900 AS number; "
        + "CREATE SCHEMA popsec_gate; CREATE VIEW popsec_gate.migration AS SELECT 1 AS number",
    ])
  func foreign(sql: String) throws {
    let address = try PostgresAddress(try server.makeDatabase())
    let name = PostgresServer.name(address.uri)
    _ = try server.query(name, sql)
    let before = try contents(name)
    for attempt in [
      { _ = try PostgresStore.open(address) }, { _ = try PostgresStore.create(address, now: .start) },
    ] {
      let error = #expect(throws: (any Error).self) { try attempt() }
      switch error {
      case .some(let error as StoreError):
        #expect(
          [.missing(path: address.uri), .foreign(path: address.uri), .exists(path: address.uri)].contains(
            error) || error.isOfNewerPopsec)
      case .some(let error as PostgresProblem):
        #expect(error.message.contains("holds no store of popsec's"), "\(error)")
      default: Issue.record("\(String(describing: error))")
      }
    }
    #expect(try contents(name) == before)
  }

  @Test(
    "names stand in one order, and are found alike, whatever the database's collation",
    arguments: [
      "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' LOCALE 'C.UTF-8'",
      "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US-u-ks-level1' LOCALE 'C.UTF-8'",
      "TEMPLATE template0 LOCALE 'C'",
    ])
  func collation(options: String) throws {
    var random = SeededRandom(seed: 11)
    let fixture = try Fixture(.postgres(options))
    let world = try AccountWorld(count: 60, using: &random)
    try fixture.write { try world.insert(into: $0) }
    for pattern in ["", "a", "é", "É", "i", "ß", "user"] {
      for order in AccountOrder.allCases {
        let query = AccountQuery(kind: .apiUser, matching: SearchText(pattern), order: order)
        let pager = Pager(limit: 17) { position in
          try fixture.read { try $0.accounts(query, position, limit: 17, now: .start) }
        }
        #expect(try pager.forward().map(\.account.name) == world.sorted(query), "\(order) \(pattern)")
      }
    }
    #expect(try fixture.read { try $0.damages() } == [])
    // Names that are one in popsec are one here, and no others are.
    let user = try Sample.account("İstanbul")
    try fixture.write { try $0.insert(user) }
    for (text, isSame) in [
      ("i\u{307}stanbul", true), ("istanbul", false), ("Istanbul", false), ("ıstanbul", false),
    ] {
      let found = try fixture.read { try $0.account(.apiUser, named: NameKey(try Name(text))) }
      #expect((found != nil) == (NameKey(try Name(text)) == NameKey(user.name)), "\(text)")
      #expect((found != nil) == isSame, "\(text)")
    }
  }

  @Test("settings of the database or of its login change nothing")
  func settings() throws {
    let fixture = try Fixture(.postgres)
    let address = try #require(fixture.made.address)
    let name = PostgresServer.name(address.uri)
    for setting in [
      "search_path = other, public", "client_encoding = 'LATIN1'", "bytea_output = 'escape'",
      "DateStyle = 'German'", "timezone = 'Asia/Kolkata'", "default_transaction_read_only = on",
      "default_transaction_isolation = 'serializable'", "default_transaction_deferrable = on",
      "standard_conforming_strings = off", "transform_null_equals = on", "quote_all_identifiers = on",
      "lock_timeout = '1s'", "row_security = off", "extra_float_digits = -15", "array_nulls = off",
      "plan_cache_mode = 'force_generic_plan'", "enable_indexscan = off", "lc_messages = 'C'",
    ] {
      _ = try server.query("postgres", "ALTER DATABASE \(name) SET \(setting)")
    }
    let store = try PostgresStore.open(address)
    let account = try Sample.account("Größe \\ 日本")
    let (token, id) = try Sample.token("first", of: account.id)
    try store.write { writer in
      try writer.insert(account)
      try writer.insert(token, id)
    }
    #expect(try store.read { try $0.account(account.id) } == account)
    #expect(try store.read { try $0.tokens(of: account.id) } == [token])
    #expect(try store.read { try $0.damages() } == [])
    let uses = PostgresUseStore(address)
    let use = TokenIDUse(
      secret: .random(), token: token.id, account: account.id, firstUsedAt: .start, lastUsedAt: .start,
      useCount: 2)
    try uses.add([use], [], .none, keeping: .standard, now: .start)
    #expect(try uses.uses(of: [token.id]) == [use])
  }

  @Test("tables and functions of the same names elsewhere in the database are not the store's")
  func namesakes() throws {
    let fixture = try Fixture(.postgres)
    let address = try #require(fixture.made.address)
    let name = PostgresServer.name(address.uri)
    _ = try server.query(
      name,
      """
      CREATE SCHEMA mine;
      DO $$ DECLARE t TEXT; s TEXT; BEGIN
        FOREACH s IN ARRAY ARRAY['mine', 'public'] LOOP
          FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'popsec' LOOP
            EXECUTE format('CREATE TABLE %I.%I (LIKE popsec.%I)', s, t, t);
          END LOOP;
        END LOOP;
      END $$;
      CREATE FUNCTION public.instr(TEXT, TEXT) RETURNS BIGINT LANGUAGE sql AS 'SELECT 0::BIGINT';
      ALTER DATABASE \(name) SET search_path = mine, public
      """)
    let store = try PostgresStore.open(try PostgresAddress(address.uri + "&options=-csearch_path%3Dmine"))
    try store.write { try $0.insert(try Sample.account("Portal")) }
    #expect(try fixture.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 1)
    #expect(try server.query(name, "SELECT count(*) FROM mine.account") == "0")
    #expect(try server.query(name, "SELECT count(*) FROM public.account") == "0")
    #expect(try store.read { try $0.damages() } == [])
  }

  @Test("two stores of one server neither wait for each other nor see each other")
  func two() throws {
    let (one, other) = (try Fixture(.postgres), try Fixture(.postgres))
    try one.write { writer in
      try writer.insert(try Sample.account("Portal"))
      try other.store.writeAtOnce { try $0.insert(try Sample.account("Other")) }
    }
    #expect(try other.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 1)
    #expect(try one.read { try $0.storeID() } != other.read { try $0.storeID() })
  }

  @Test("a process that has a store open is told when another store has its place, and changes nothing there")
  func replaced() throws {
    let fixture = try Fixture(.postgres)
    let address = try #require(fixture.made.address)
    let name = PostgresServer.name(address.uri)
    try fixture.write { try $0.insert(try Sample.account("Portal")) }
    _ = try server.query(
      name, "ALTER SCHEMA popsec RENAME TO popsec_old; ALTER SCHEMA popsec_gate RENAME TO popsec_gate_old")
    let other = try PostgresStore.create(address, now: .start)
    for attempt in [
      { _ = try fixture.read { try $0.generation() } },
      { try fixture.write { try $0.insert(try Sample.account("Late")) } },
    ] {
      #expect(throws: StoreError.replaced(path: address.uri)) { try attempt() }
    }
    #expect(try other.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 0)
  }
}
