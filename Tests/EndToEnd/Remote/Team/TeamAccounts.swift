import Foundation
import TestSupport

/// The two accounts on which a team comes in, made as the README makes them where they are missing, and a copy of
/// the program where only root could change it.
enum TeamAccounts {
  /// Why no team can come in here; nil where it can.
  static let obstacle: String? = findObstacle()
  static var isThere: Bool { obstacle == nil }

  /// sshd starts nothing below a folder that others may write.
  static let program = "/usr/local/lib/popsec-test-\(getpid())/popsec"

  private static func findObstacle() -> String? {
    guard getuid() == 0 else { return "only root can start an sshd that lets in other accounts" }
    let tools: [Tool] = [.sshd, .ssh, .sshKeygen, .runuser]
    if let missing = tools.first(where: { !$0.isThere }) { return "there is no \(missing.path)" }
    do {
      try makeAccounts()
      try copyProgram()
      let tried = try run([Tool.runuser.path, "-u", "popsec", "--", program, "--version"])
      return tried == 0 ? nil : "the account popsec can't run the program"
    } catch { return "\(error)" }
  }

  private static func makeAccounts() throws {
    _ = try run(["/usr/sbin/groupadd", "--system", "--force", "popsec"])
    for name in ["popsec", "popsec-support"] where getpwnam(name) == nil {
      let status = try run([
        "/usr/sbin/useradd", "--system", "--gid", "popsec", "--no-create-home", "--home-dir", "/", "--shell",
        "/bin/sh", "--password", "*", name,
      ])
      guard status == 0 else { throw Failure("the account \(name) can't be made") }
    }
  }

  private static func copyProgram() throws {
    let folder = (program as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    try? FileManager.default.removeItem(atPath: program)
    try FileManager.default.copyItem(atPath: TestStore.program, toPath: program)
    chmod(program, 0o755)
    try Executable.settle(program)
    atexit {
      try? FileManager.default.removeItem(
        atPath: (TeamAccounts.program as NSString).deletingLastPathComponent)
    }
  }

  /// Runs a program to its end, and gives its status.
  static func run(_ command: [String]) throws -> Int32 {
    let file = URL(fileURLWithPath: NSTemporaryDirectory() + "/popsec-run-" + UUID().uuidString)
    let environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
    return try Running(command[0], Array(command.dropFirst()), environment: environment, file: file)
      .finish().status
  }
}
