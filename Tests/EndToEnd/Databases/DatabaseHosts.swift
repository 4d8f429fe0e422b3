import Foundation
import TestSupport

/// Three hosts with a network between them, in namespaces of this machine: 10.77.0.1 to 10.77.0.3. Two of them may have a
/// PostgreSQL server. All see the same files.
final class DatabaseHosts {
  private let store: TestStore
  private let keeper: Process
  private let folder: String

  static let obstacle: String? = {
    if let obstacle = Namespace.obstacle { return obstacle }
    guard Tool.ip.isThere, PostgresServer.shared != nil else { return PostgresServer.absence }
    let tried = try? TeamAccounts.run([
      Tool.unshare.path, "-n", "/bin/sh", "-ec", "\(Tool.ip.path) link add br0 type bridge",
    ])
    return tried == 0 ? nil : "no network can be made here"
  }()

  private static let programs = "/usr/lib/postgresql/15/bin"

  /// The namespaces end when the keeper's input does.
  private static let script = """
    mount -t tmpfs none /run; mkdir /run/netns
    ip link set lo up; ip link add br0 type bridge; ip link set br0 up
    for host in 1 2 3; do
      ip netns add h$host
      ip link add v$host type veth peer name eth0 netns h$host
      ip link set v$host master br0 up
      ip -n h$host addr add 10.77.0.$host/24 dev eth0
      ip -n h$host link set eth0 up; ip -n h$host link set lo up
    done
    echo ready; read -r nothing || true
    for file in "$1"/data*/postmaster.pid; do
      if read -r server < "$file"; then kill -KILL "$server" || true; fi
    done 2> /dev/null
    rm -rf "$1"
    """

  init(_ store: TestStore) throws {
    self.store = store
    // The server's account has to get into the folder.
    folder = "/tmp/popsec-hosts-\(getpid())-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    chmod(folder, 0o777)
    // A server that inherits this end would keep the keeper alive.
    _ = fcntl(lifeline.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    let output = Pipe()
    keeper = Process()
    keeper.executableURL = URL(fileURLWithPath: Tool.unshare.path)
    keeper.arguments = ["-m", "-n", "/bin/sh", "-ec", Self.script, "sh", folder]
    keeper.standardInput = lifeline
    keeper.standardOutput = output
    try keeper.run()
    guard String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "ready\n" else {
      throw Failure("the hosts could not be made")
    }
  }

  private let lifeline = Pipe()

  func end() {
    try? lifeline.fileHandleForWriting.close()
    keeper.waitUntilExit()
  }

  /// The address of the database, wherever the primary is.
  static let database = "postgresql://popsec@10.77.0.1,10.77.0.2/popsec"

  // MARK: Commands

  /// The words before a command that runs on a host.
  func prefix(_ host: Int) -> [String] {
    [
      "/usr/bin/nsenter", "-t", String(keeper.processIdentifier), "-m", "-n", Tool.ip.path, "netns", "exec",
      "h\(host)",
    ]
  }

  @discardableResult
  func run(_ host: Int, _ command: [String], as account: String? = nil, mayFail: Bool = false) throws
    -> String
  {
    let words =
      prefix(host) + (account.map { ["setpriv", "--reuid=\($0)", "--regid=\($0)", "--clear-groups"] } ?? [])
      + command
    let printed = try Running(
      words[0], Array(words.dropFirst()),
      environment: store.environment.merging(["PGUSER": "postgres"]) { $1 },
      file: store.folder.appendingPathComponent("host-" + UUID().uuidString)
    ).finish()
    guard printed.status == 0 || mayFail else {
      throw Failure("\(command): \(printed.output)\(printed.errors)")
    }
    return printed.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Cuts the wire of a host, or mends it.
  func setWire(of host: Int, cut: Bool) throws {
    let command = ["ip", "link", "set", "v\(host)", cut ? "down" : "up"]
    let enter = Array(prefix(host).prefix(5))
    let words = enter + command
    _ = try Running(
      words[0], Array(words.dropFirst()), environment: store.environment,
      file: store.folder.appendingPathComponent("wire-" + UUID().uuidString)
    ).finish()
  }

  // MARK: Servers

  /// Makes the primary, which waits for a standby of the other host before it acknowledges a commit.
  func startPrimary(_ host: Int) throws {
    let data = "\(folder)/data\(host)"
    try run(
      host,
      [
        "\(Self.programs)/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
        "--locale=C.UTF-8", "--no-sync",
      ], as: "postgres")
    let access = "host all all 10.77.0.0/24 trust\nhost replication all 10.77.0.0/24 trust\n"
    let settings = """
      listen_addresses = '*'
      fsync = off
      shared_buffers = 32MB
      wal_keep_size = 256MB
      wal_log_hints = on
      wal_sender_timeout = 2s
      wal_receiver_timeout = 2s
      wal_retrieve_retry_interval = 200ms
      """
    try run(
      host,
      [
        "/bin/sh", "-c",
        "printf '%s' \"$1\" >> \(data)/pg_hba.conf; printf '%s' \"$2\" >> \(data)/postgresql.conf",
        "sh", access, "\n" + settings + "\n",
      ], as: "postgres")
    try start(host)
    try sql(
      host, "CREATE USER popsec", "CREATE DATABASE popsec OWNER popsec ENCODING 'UTF8' TEMPLATE template0")
  }

  private func start(_ host: Int) throws {
    // Each host has its own folder for the socket.
    let sockets = "\(folder)/run\(host)"
    try? FileManager.default.createDirectory(atPath: sockets, withIntermediateDirectories: false)
    chmod(sockets, 0o777)
    try run(
      host,
      [
        "\(Self.programs)/pg_ctl", "-D", "\(folder)/data\(host)", "-o", "-k \(sockets)", "-l",
        "\(folder)/log\(host)",
        "-w", "start",
      ], as: "postgres")
  }

  /// Makes a server that follows the primary of another host, and confirms its commits.
  func startStandby(_ host: Int, of primary: Int) throws {
    try run(host, ["/bin/sh", "-c", "rm -rf \(folder)/data\(host)"])
    try run(
      host,
      [
        "\(Self.programs)/pg_basebackup", "-D", "\(folder)/data\(host)", "-R", "-X", "stream", "-c", "fast",
        "-d", "host=10.77.0.\(primary) application_name=host\(host)",
      ], as: "postgres")
    try start(host)
    try sql(primary, "ALTER SYSTEM SET synchronous_standby_names = 'host\(host)'", "SELECT pg_reload_conf()")
    try eventually("the standby") {
      try sql(primary, "SELECT sync_state FROM pg_stat_replication") == "sync"
    }
  }

  /// Kills the server of a host, as a machine dies.
  func killServer(_ host: Int) throws {
    // The shell kills by itself, because a bare machine has no program for that.
    let script = """
      read -r server < "$1"
      children=$(cat "/proc/$server/task/$server/children" || true)
      kill -KILL "$server"
      kill -KILL $children 2> /dev/null || true
      """
    try run(host, ["/bin/sh", "-c", script, "sh", "\(folder)/data\(host)/postmaster.pid"])
  }

  /// Promotes a standby, as the script says that stands before it. Returns once the server takes changes.
  func promote(_ host: Int) throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Resources/cluster/before-promotion.sh").path
    try run(
      host, ["timeout", "60", "env", "PGHOST=\(folder)/run\(host)", "/bin/sh", script, "popsec"],
      as: "postgres")
    // A server without a standby of its own acknowledges alone.
    try sql(
      host, "ALTER SYSTEM SET synchronous_standby_names = ''", "SELECT pg_reload_conf()",
      "SELECT pg_promote()")
  }

  @discardableResult
  func sql(_ host: Int, _ statements: String...) throws -> String {
    let words = statements.flatMap { ["-c", $0] }
    return try run(
      host,
      [
        "\(Self.programs)/psql", "-h", "\(folder)/run\(host)", "-X", "-q", "-A", "-t", "-v",
        "ON_ERROR_STOP=1", "-d", "postgres",
      ]
        + words)
  }
}
