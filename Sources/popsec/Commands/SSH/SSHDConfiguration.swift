import Access
import Foundation
import Sealing

/// What sshd is told (sshd_config(5)), and whether it goes by it.
struct SSHDConfiguration {
  static let path = "/etc/ssh/sshd_config.d/popsec.conf"
  static let programs = ["/usr/sbin/sshd", "/usr/local/sbin/sshd"]

  let store: String
  let keys: String?

  init(_ location: StoreLocation) {
    store = location.folder
    keys = location.keyPlace == .elsewhere ? location.keys.path : nil
  }

  /// The arguments behind the program, by which it also is recognised.
  private var answering: String {
    let keys = keys.map { " --keys \($0)" } ?? ""
    return "\(InstalledProgram.path) ssh authorized-keys --store \(store)\(keys) %u %t %k"
  }

  var text: String {
    let variables = ["POPSEC_STORE=\(store)"] + (keys.map { ["POPSEC_KEYS=\($0)"] } ?? [])
    return """
      # Made by popsec ssh setup: users of popsec come in on these two accounts, and nobody else does.
      Match User \(ServiceAccount.allCases.map(\.rawValue).joined(separator: ","))
          AuthenticationMethods publickey
          AuthorizedKeysFile none
          AuthorizedKeysCommand \(answering)
          AuthorizedKeysCommandUser \(ServiceAccount.owner.rawValue)
          AuthorizedPrincipalsFile none
          TrustedUserCAKeys none
          DisableForwarding yes
          PermitTTY yes
          PermitUserRC no
          SetEnv \(variables.joined(separator: " "))

      """
  }

  /// What sshd itself says of an account, key by key in lower case; nil where it can't be asked.
  static func effective(for account: String) -> [String: [String]]? {
    guard let program = programs.first(where: { access($0, X_OK) == 0 }),
      let output = SystemProgram.output(
        program, ["-T", "-C", "user=\(account),host=localhost,addr=127.0.0.1"])
    else { return nil }
    var settings: [String: [String]] = [:]
    for line in output.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1)
      guard let name = words.first else { continue }
      settings[String(name).lowercased(), default: []].append(words.count > 1 ? String(words[1]) : "")
    }
    return settings
  }

  /// What the text must come to for the service accounts.
  func problems(of settings: [String: [String]]) -> [String] {
    let expected: [(String, String)] = [
      ("authorizedkeysfile", "none"), ("authorizedkeyscommand", answering),
      ("authorizedkeyscommanduser", ServiceAccount.owner.rawValue), ("disableforwarding", "yes"),
      ("permituserrc", "no"), ("authenticationmethods", "publickey"),
    ]
    var problems = expected.compactMap { name, value in
      settings[name] == [value]
        ? nil : "\(name) is \(settings[name]?.joined(separator: " ") ?? "not set"), and not \(value)"
    }
    let taken = (settings["acceptenv"] ?? []).filter { $0.hasPrefix("POPSEC") || $0 == "*" }
    problems += taken.map { "acceptenv lets clients set \($0)" }
    return problems
  }
}

/// A program of the system that is asked something. Never for those who came over SSH.
enum SystemProgram {
  /// What it printed; nil where it failed.
  static func output(_ path: String, _ arguments: [String]) -> String? {
    let (status, text) = run(path, arguments)
    return status == 0 ? text : nil
  }

  /// How it ended, and what it printed on both outputs.
  static func run(_ path: String, _ arguments: [String]) -> (status: Int32, text: String) {
    guard !Caller.current.isRemote else { return (-1, "") }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    guard (try? process.run()) != nil else { return (-1, "") }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
