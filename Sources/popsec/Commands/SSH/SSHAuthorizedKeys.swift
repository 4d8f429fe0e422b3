import Access
import Administration
import ArgumentParser
import Foundation

struct SSHAuthorizedKeys: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "authorized-keys", abstract: "Tell sshd which keys may log in to an account.",
    discussion: """
      For sshd's AuthorizedKeysCommand (sshd_config(5)): %u, or %u %t %k, which asks about the key that was \
      shown alone. Each key is answered for the account that its user's system roles call for, and for no other.

      Examples:
        popsec ssh authorized-keys popsec --store /var/lib/popsec
        popsec ssh authorized-keys popsec-support --store /var/lib/popsec
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("The Unix account of the login: %u.", valueName: "account"))
  var account: String

  @Argument(help: ArgumentHelp("The kind of the presented key: %t.", valueName: "kind"))
  var kind: String?

  @Argument(help: ArgumentHelp("The presented key: %k.", valueName: "key"))
  var key: String?

  func run() throws {
    try Caller.current.requireLocal("this")
    // Any other account gets nothing, but no error, because sshd may ask for every account.
    guard let service = ServiceAccount(rawValue: account) else { return }
    let administration = try global.location().open()
    let shown = try self.shown()
    let keys = try administration.loginKeys(on: service, shown: shown)
    let output = Output.standard()
    for (user, key) in keys {
      let ticket = FrontDoor.Ticket(user: user, key: key)
      try output.line(
        "restrict,pty,command=\"\(InstalledProgram.command) console --as \(ticket)\" \(key.material)")
    }
    try output.flush()
  }

  /// The key that the client presented; nil where sshd did not tell it.
  private func shown() throws -> SSHPublicKey? {
    guard let kind else { return nil }
    return try SSHPublicKey("\(kind) \(key ?? "")")
  }
}

/// The program as it is installed.
enum InstalledProgram {
  static let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "popsec"

  /// The program in a shell command: by its name where the name leads to it, otherwise by its quoted path.
  static var command: String {
    let found = ["/usr/local/bin", "/usr/bin", "/bin"].map { $0 + "/popsec" }
      .first { access($0, X_OK) == 0 }
    if let found, resolved(found) == path { return "popsec" }
    // The path stands within the double quotes of command=, where sshd reads \" as a quote. A program's path
    // should have no other character with a meaning there or in a shell.
    return path
  }

  /// Whether the path needs no quoting in sshd's configuration and in a shell command.
  static var isPlain: Bool {
    path.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "/._-+".utf8.contains(byte)
    }
  }

  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
