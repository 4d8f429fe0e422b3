package import Access
internal import SQLStore
package import Store

extension PostgresStore {
  /// Brings a store up to date. `settling` is called right before the upgrade becomes valid.
  package static func upgrade(_ address: PostgresAddress, now: Timestamp, settling: () -> Void) throws {
    let connection = try PostgresConnection(address, searchPath: searchPath)
    try checkKnown(try PostgresSchema.version(on: connection), at: address)
    try PostgresSchema.upgrade(on: connection, now: now, settling: settling)
  }

  /// What can be told about a store without upgrading it.
  package static func outline(_ address: PostgresAddress) throws -> StoreOutline {
    let connection = try PostgresConnection(address, searchPath: searchPath)
    let version = try PostgresSchema.version(on: connection)
    let found = try checkKnown(version, at: address)
    let identity = try connection.execute(native: "SELECT store_id FROM store_identity", [])
    let sizes = try connection.execute(
      native: """
        SELECT pg_database_size(current_database()), (SELECT max(at) FROM audit WHERE action = 'store.backup')
        """, [])
    _ = (identity.next(), sizes.next())
    let uses = Migration.ofUses.pending(from: try PostgresSchema.usesVersion(on: connection))
    return StoreOutline(
      version: found, known: Migration.all.version,
      pending: Migration.all.pending(from: found) + uses.map { "records of gates, \($0)" },
      store: identity.text(0).flatMap { StoreID(rawValue: $0) }, byteCount: Int(sizes.integer(0) ?? 0),
      // The server's disk can't be seen from here.
      freeByteCount: nil, lastBackupAt: sizes.integer(1).flatMap { Timestamp(secondsSince1970: $0) },
      users: try users(on: connection))
  }

  /// Errors: ``StoreError/missing(path:)``, ``StoreError/newer(path:version:known:)``.
  @discardableResult
  private static func checkKnown(_ version: Int?, at address: PostgresAddress) throws -> Int {
    guard let version else { throw StoreError.missing(path: address.uri) }
    guard version <= Migration.all.version else {
      throw StoreError.newer(path: address.uri, version: version, known: Migration.all.version)
    }
    return version
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
