package import Access
private import Foundation
package import PostgresStore
private import Synchronization

/// A PostgreSQL server of this process's own, on a Unix socket in a temporary folder. It ends with this process, however
/// that ends, and its folder with it.
package final class PostgresServer: Sendable {
  /// The folder of the socket.
  package let folder: String
  private let databaseCount = Atomic(0)
  /// The names of databases with an empty store, by the time at which it was made.
  private let templates = Mutex<[Timestamp: String]>([:])
  /// The names of databases that nobody needs any more.
  private let leftovers = Mutex<[String]>([])

  /// The server that all tests of a process share; nil where PostgreSQL 15 is not installed.
  package static let shared: Result<PostgresServer, any Error>? =
    FileManager.default.isExecutableFile(atPath: programs + "/postgres")
    ? Result { try PostgresServer() } : nil

  /// The server, for tests that run only where it is.
  package static func running() throws -> PostgresServer {
    guard let shared else { throw Failure(description: absence) }
    return try shared.get()
  }

  /// Why there is no server.
  package static let absence = "PostgreSQL 15 is not installed: apt-get install postgresql"

  private static let programs = "/usr/lib/postgresql/15/bin"

  /// Starts the server. Its keeper's input ends when this process ends.
  private init() throws {
    // The server's account has to get into the folder, so that a private temporary folder will not do.
    folder = "/tmp/popsec-postgres-\(getpid())"
    let keeper = Process()
    keeper.executableURL = URL(fileURLWithPath: "/bin/sh")
    keeper.arguments = ["-c", Self.script, "sh", folder, Self.programs]
    keeper.standardInput = Self.lifeline
    keeper.standardOutput = FileHandle.nullDevice
    keeper.standardError = FileHandle.nullDevice
    try keeper.run()
    try eventually("PostgreSQL") { FileManager.default.fileExists(atPath: folder + "/.s.PGSQL.5432") }
    try eventually("PostgreSQL's readiness") { (try? query("postgres", "SELECT 1")) == "1" }
  }

  /// The end of this pipe in this process is closed when the process ends.
  private static let lifeline = Pipe()

  /// A server does not run as root. Nothing that it keeps need survive a crash of the machine.
  private static let script = """
    folder="$1"; bin="$2"; as=; mkdir -m 700 "$folder" || exit 1
    if [ "$(id -u)" = 0 ]; then
      chown postgres "$folder"; chmod 755 "$folder"; as='setpriv --reuid=postgres --regid=postgres --clear-groups'
    fi
    cd /
    $as "$bin/initdb" -D "$folder/data" -U popsec -A trust -E UTF8 --locale=C.UTF-8 --no-sync
    $as "$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=off -c full_page_writes=off \\
      -c max_connections=200 -c shared_buffers=64MB -c autovacuum=off -c jit=off -c log_min_messages=fatal &
    server=$!
    read -r nothing
    kill -QUIT "$server"; wait "$server"; rm -rf "$folder"
    """

  /// Makes an empty database, and returns its address.
  package func makeDatabase(_ options: String = "") throws -> String { address(try make(options)) }

  private func make(_ options: String, then more: (String) -> String = { _ in "" }) throws -> String {
    let name = "t\(databaseCount.add(1, ordering: .relaxed).newValue)"
    let old = leftovers.withLock { names in
      defer { names = [] }
      return names.map { "DROP DATABASE IF EXISTS \($0) WITH (FORCE);\n" }.joined()
    }
    _ = try query("postgres", old + "CREATE DATABASE \(name) \(options);\n" + more(name))
    return name
  }

  /// Makes an empty store like those that `PostgresStore.create(_:now:)` makes, with an identity of its own. It is copied,
  /// because most of a test's time would go into making the same schema once more.
  package func makeStore(now: Timestamp) throws -> PostgresAddress {
    let template = try templates.withLock { templates in
      if let known = templates[now] { return known }
      let name = try make("")
      try PostgresStore.create(try PostgresAddress(address(name)), now: now).close()
      templates[now] = name
      return name
    }
    let name = try make("TEMPLATE \(template)") { name in
      """
      \\connect \(name)
      SET session_replication_role = replica;
      UPDATE popsec.store_identity SET store_id = replace(gen_random_uuid()::text, '-', '');
      """
    }
    return try PostgresAddress(address(name))
  }

  /// Removes the database of an address, when the next one is made.
  package func remove(_ address: String) { leftovers.withLock { $0.append(Self.name(address)) } }

  package func address(_ database: String) -> String {
    "postgresql://popsec@/\(database)?host=\(folder.replacingOccurrences(of: "/", with: "%2F"))"
  }

  /// Cuts off all connections of popsec to the database of an address.
  package func cutConnections(of address: String) throws {
    _ = try query(
      "postgres",
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'popsec' AND datname = '\(Self.name(address))'
      """)
  }

  /// The name of the database of an address that this server gave.
  package static func name(_ address: String) -> String {
    String(address.drop { $0 != "@" }.dropFirst(2).prefix { $0 != "?" })
  }

  /// Whether somebody waits for a lock of the database of an address.
  package func isAwaited(at address: String) throws -> Bool {
    try query(
      "postgres",
      """
      SELECT count(*) > 0 FROM pg_stat_activity
      WHERE datname = '\(Self.name(address))' AND wait_event_type = 'Lock'
      """) == "t"
  }

  /// Runs statements by psql, one after another, and returns what it prints.
  package func query(_ database: String, _ sql: String) throws -> String {
    try run("psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", address(database)], sql)
  }

  /// The statements that make what is in a database now.
  package func dump(_ database: String) throws -> String { try run("pg_dump", [address(database)]) }

  private func run(_ name: String, _ arguments: [String], _ text: String = "") throws -> String {
    let (program, input, output, errors) = (Process(), Pipe(), Pipe(), Pipe())
    program.executableURL = URL(fileURLWithPath: Self.programs + "/" + name)
    program.arguments = arguments
    program.standardOutput = output
    program.standardError = errors
    program.standardInput = input
    try program.run()
    // An argument could not be as long.
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try input.fileHandleForWriting.close()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    program.waitUntilExit()
    guard program.terminationStatus == 0 else {
      throw Failure(description: String(decoding: complaint, as: UTF8.self))
    }
    return String(decoding: printed, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }
}
