import Foundation
import TestSupport
import Testing

extension EndToEnd {
  @Suite("over SSH", .enabled(if: SSHServer.isPossible, "openssh-server and openssh-client aren't installed"))
  struct SSH {
    @Test("the Token ID reaches the clipboard of the near terminal, and the console ends with the connection")
    func copies() throws {
      try onStore { store in
        try store.succeed("api-user", "add", "Portal Mexico", "--token", "portal")
        let server = try SSHServer(store)
        defer { server.end() }
        let person = try store.person(server.client(running: [TestStore.program]))
        try person.opens("Tokens", of: "Portal Mexico").sees("portal").settle().presses("c")
        try store.expect(try person.clipboard(1), belongsTo: "portal")
        let consoles = Processes.below(server.pid).filter { Processes.process($0)?.name == "popsec" }
        #expect(consoles.count == 1)
        person.pty.hangUp()
        try person.waits(for: "the console to end") { !consoles.contains(where: Processes.isAlive) }
      }
    }

    @Test("without a terminal it says to ask for one with -t")
    func noTerminal() throws {
      try onStore { store in
        let server = try SSHServer(store)
        defer { server.end() }
        let person = try store.person(server.client(running: [TestStore.program], terminal: false))
        #expect(try person.seesEnd() == 64)
        try person.sees("hint:", "ssh -t")
      }
    }
  }
}

/// An sshd of a test's own on the loopback interface, which lets in who started it.
final class SSHServer {
  static var isPossible: Bool { [Tool.sshd, .ssh, .sshKeygen].allSatisfy(\.isThere) }

  private let store: TestStore
  private let folder: String
  private let port = FreePort.any()
  private let server: Running

  var pid: pid_t { server.pid }

  init(_ store: TestStore) throws {
    self.store = store
    folder = try store.privateFolder("ssh")
    for key in ["host", "person"] { try Self.makeKey(folder + "/" + key, store) }
    // Where sshd locks itself in while it talks to strangers; only root needs it, and can make it.
    if getuid() == 0 {
      try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true)
    }
    let settings = try store.file("ssh/sshd_config", Self.settings(folder, port))
    server = try Running(
      Tool.sshd.path, ["-D", "-e", "-f", settings], environment: store.environment,
      file: store.folder.appendingPathComponent("sshd"))
    try Self.waitUntilListening(on: port, server)
  }

  private static func settings(_ folder: String, _ port: Int) -> String {
    """
    Port \(port)
    ListenAddress 127.0.0.1
    HostKey \(folder)/host
    AuthorizedKeysFile \(folder)/person.pub
    PidFile none
    UsePAM no
    StrictModes no
    PasswordAuthentication no
    KbdInteractiveAuthentication no
    PermitRootLogin prohibit-password
    PermitUserRC no

    """
  }

  static func makeKey(_ path: String, _ store: TestStore) throws {
    let printed = try Running(
      Tool.sshKeygen.path, ["-q", "-t", "ed25519", "-N", "", "-f", path],
      environment: store.environment, file: store.folder.appendingPathComponent("keygen")
    ).finish()
    guard printed.status == 0 else { throw Failure("no key: \(printed.errors)") }
  }

  static func waitUntilListening(on port: Int, _ server: Running) throws {
    try eventually("sshd to listen") {
      guard server.isAlive else { throw Failure("sshd doesn't listen: \(try server.finish().errors)") }
      return isListening(port)
    }
  }

  static func isListening(_ port: Int) -> Bool {
    let tcp = (try? String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)) ?? ""
    // State 0A is LISTEN (proc(5)).
    return tcp.contains(String(format: ":%04X 00000000:0000 0A", port))
  }

  /// The command that runs a program there, in the environment that a store wants.
  func client(running program: [String], terminal: Bool = true) -> [String] {
    let variables = store.environment.filter { $0.key != "SHELL" && $0.key != "PATH" }
    let remote = ["env"] + variables.map { "'\($0.key)=\($0.value)'" } + program
    return [
      Tool.ssh.path, "-F", "none", "-p", String(port), "-i", folder + "/person",
      "-o", "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
      "-o", "LogLevel=ERROR", terminal ? "-tt" : "-T", "127.0.0.1", remote.joined(separator: " "),
    ]
  }

  func end() {
    for child in Processes.below(pid) { kill(child, SIGKILL) }
    kill(pid, SIGTERM)
    _ = try? server.finish()
  }
}
