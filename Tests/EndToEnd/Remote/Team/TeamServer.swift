import Foundation
import Testing

/// A store that is owned by `popsec`, a team, and an sshd that lets them in by what `popsec ssh setup` prints.
final class TeamServer {
  let store: TestStore
  let folder: String
  let portNumber = FreePort.any()
  private var server: Running?

  var pid: pid_t { server?.pid ?? 0 }

  /// `wrapper` is put before sshd's command, to start it in surroundings of its own.
  init(_ store: TestStore, wrapper: [String] = []) throws {
    self.store = store
    folder = try store.privateFolder("team")
    try makeStore()
    for name in Member.allCases.map(\.keyFile) + ["host", "stranger"] { try makeKey(name) }
    try fillStore()
    try start(wrapper)
  }

  private func makeStore() throws {
    guard let owner = getpwnam("popsec") else { throw Failure("no account popsec") }
    let path = store.path
    guard mkdir(path, 0o700) == 0, chown(path, owner.pointee.pw_uid, owner.pointee.pw_gid) == 0 else {
      throw Failure("no folder for the store")
    }
    try succeed(asOwner("init", "--decoys", "0", "--group", "popsec"))
  }

  private func fillStore() throws {
    let text = try BusinessCentral.team { try publicKey($0.keyFile) }
    try succeed(asOwner("apply", "--yes", "-", input: text))
  }

  private func start(_ wrapper: [String]) throws {
    try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true)
    let snippet = try asOwner("ssh", "setup").output
    let settings = try store.file("team/sshd_config", Self.settings(folder, portNumber) + snippet)
    let command = wrapper + [Tool.sshd.path, "-D", "-e", "-f", settings]
    let server = try Running(
      command[0], Array(command.dropFirst()), environment: store.environment,
      file: store.folder.appendingPathComponent("team/sshd.log"))
    self.server = server
    try SSHServer.waitUntilListening(on: portNumber, server)
  }

  /// Beside what popsec prints all that could be allowed is allowed.
  private static func settings(_ folder: String, _ port: Int) -> String {
    """
    Port \(port)
    ListenAddress 127.0.0.1
    HostKey \(folder)/host
    PidFile none
    UsePAM no
    AcceptEnv LANG LC_*
    AllowTcpForwarding yes
    AllowAgentForwarding yes
    X11Forwarding yes
    PermitTunnel yes
    Subsystem sftp internal-sftp

    """
  }

  func end() {
    for child in Processes.below(pid) { kill(child, SIGKILL) }
    kill(pid, SIGTERM)
    _ = try? server?.finish()
  }
}

// MARK: - keys

extension TeamServer {
  func makeKey(_ name: String) throws { try SSHServer.makeKey(folder + "/" + name, store) }

  func publicKey(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(name).pub", encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// As ssh-keygen tells it.
  func fingerprint(_ name: String) throws -> String {
    let printed = try run(Tool.sshKeygen.path, ["-l", "-f", "\(folder)/\(name).pub"])
    return printed.output.split(separator: " ").dropFirst().first.map(String.init) ?? ""
  }
}

// MARK: - on the server itself

extension TeamServer {
  func run(_ program: String, _ arguments: [String], input: String = "") throws -> TestStore.Printed {
    try Running(
      program, arguments, input: input, environment: store.environment,
      file: URL(fileURLWithPath: folder + "/out-" + UUID().uuidString)
    ).finish()
  }

  /// Runs a program as an account.
  func asAccount(
    _ account: String, _ command: [String], input: String = ""
  ) throws -> TestStore.Printed {
    try run(Tool.runuser.path, ["-u", account, "--"] + command, input: input)
  }

  /// Runs popsec as the owner of the store.
  func asOwner(_ arguments: String..., input: String = "") throws -> TestStore.Printed {
    try asAccount("popsec", [TeamAccounts.program] + arguments, input: input)
  }

  func succeed(_ printed: TestStore.Printed) throws {
    guard printed.status == 0 else { throw Failure("status \(printed.status): \(printed.errors)") }
  }

  /// The rows of the audit log, the first first.
  func auditRows() throws -> [AuditRow] {
    let lines = try asOwner("audit", "list", "--json", "--limit", "10000").output
    return try JSONDecoder().decode([AuditRow].self, from: Data(lines.utf8)).reversed()
  }
}

/// What tests look at of a row of the audit log.
struct AuditRow: Decodable {
  struct Field: Decodable {
    let before: String?
    let after: String?
  }

  let sequence: Int64
  let user: String
  let keyFingerprint: String?
  let source: String?
  let frontEnd: String
  let action: String
  let targetName: String
  let changes: [String: Field]
}

/// Does something with a team's store, then looks whether a Token ID leaked anywhere.
func onTeam(
  mayReveal: Bool = false, wrapper: [String] = [], sourceLocation: SourceLocation = #_sourceLocation,
  _ body: (TeamServer) throws -> Void
) throws {
  try onStore(.nothing, mayReveal: mayReveal, sourceLocation: sourceLocation) { store in
    store.isOpenToOthers = true
    let team = try TeamServer(store, wrapper: wrapper)
    defer { team.end() }
    try body(team)
  }
}
