private import Foundation
private import Synchronization

/// A PostgreSQL server of this process's own, on a Unix socket in a temporary folder. It ends with this process, however
/// that ends, and its folder with it.
package final class PostgresServer: Sendable {
  /// The folder of the socket.
  package let folder: String
  private let databaseCount = Atomic(0)

  /// The server that all tests of a process share; nil where PostgreSQL 15 is not installed.
  package static let shared: Result<PostgresServer, any Error>? =
    FileManager.default.isExecutableFile(atPath: programs + "/postgres")
    ? Result { try PostgresServer() } : nil

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
      -c max_connections=200 -c shared_buffers=64MB -c autovacuum=off -c log_min_messages=fatal &
    server=$!
    read -r nothing
    kill -QUIT "$server"; wait "$server"; rm -rf "$folder"
    """

  /// Makes an empty database, and returns its address.
  package func makeDatabase(_ options: String = "") throws -> String {
    let name = "t\(databaseCount.add(1, ordering: .relaxed).newValue)"
    _ = try query("postgres", "CREATE DATABASE \(name) \(options)")
    return address(name)
  }

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

  /// Runs SQL by psql, and returns what it prints.
  package func query(_ database: String, _ sql: String) throws -> String {
    let (program, output, errors) = (Process(), Pipe(), Pipe())
    program.executableURL = URL(fileURLWithPath: Self.programs + "/psql")
    program.arguments = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", address(database), "-c", sql]
    program.standardOutput = output
    program.standardError = errors
    program.standardInput = FileHandle.nullDevice
    try program.run()
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
