package import Access
internal import SQLStore
package import Store

extension PostgresStore {
  /// Brings a store up to date. `settling` is called right before the upgrade becomes valid.
  package static func upgrade(_ address: PostgresAddress, now: Timestamp, settling: () -> Void) throws {
    let connection = try PostgresConnection(address, searchPath: searchPath)
    try known(on: connection, at: address)
    try PostgresSchema.upgrade(on: connection, now: now, settling: settling)
  }

  /// What can be told about a store without upgrading it.
  package static func outline(_ address: PostgresAddress) throws -> StoreOutline {
    let connection = try PostgresConnection(address, searchPath: searchPath)
    let found = try known(on: connection, at: address)
    let identity = try connection.execute(native: "SELECT store_id FROM store_identity", [])
    let sizes = try connection.execute(
      native: """
        SELECT pg_database_size(current_database()), (SELECT max(at) FROM audit WHERE action = 'store.backup')
        """, [])
    _ = (identity.next(), sizes.next())
    let uses = Migration.ofUses.pending(from: found.uses)
    return StoreOutline(
      version: found.store, known: Migration.all.version,
      pending: Migration.all.pending(from: found.store) + uses.map { "records of gates, \($0)" },
      store: identity.text(0).flatMap { StoreID(rawValue: $0) }, byteCount: Int(sizes.integer(0) ?? 0),
      // The server's disk can't be seen from here.
      freeByteCount: nil, copiesFirst: false,
      lastBackupAt: sizes.integer(1).flatMap { Timestamp(secondsSince1970: $0) },
      users: try users(on: connection))
  }

  /// Errors: ``StoreError/missing(path:)``, ``StoreError/newer(path:version:known:)``.
  @discardableResult
  private static func known(
    on connection: PostgresConnection, at address: PostgresAddress
  ) throws -> PostgresSchema.Versions {
    guard let found = try PostgresSchema.versions(on: connection) else {
      throw StoreError.missing(path: address.uri)
    }
    try found.requireKnown(at: address)
    return found
  }

  /// The other sessions of popsec, as the server shows them.
  private static func users(on connection: PostgresConnection) throws -> [String] {
    let rows = try connection.execute(
      native: """
        SELECT format('%s (%s)', usename, coalesce(host(client_addr), 'this host')) FROM pg_stat_activity
        WHERE application_name = 'popsec' AND datname = current_database() AND pid <> pg_backend_pid() ORDER BY 1
        """, [])
    var names: [String] = []
    while rows.next() { if let name = rows.text(0) { names.append(name) } }
    return names
  }
}
