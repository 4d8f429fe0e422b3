import Access
import Administration
import Foundation
import Sealing

/// The configuration for sshd (sshd_config(5)), and the check whether sshd follows it.
struct SSHDConfiguration {
  static let path = "/etc/ssh/sshd_config.d/popsec.conf"
  static let programs = ["/usr/sbin/sshd", "/usr/local/sbin/sshd"]

  let store: String
  let keys: String?

  init(_ location: StoreLocation) {
    store = location.text
    keys = location.keyPlace == .elsewhere ? location.keys.path : nil
  }

  /// The arguments after the program, by which the command is also recognized.
  var answering: String {
    // sshd replaces what stands behind a % there, and nowhere else here (sshd_config(5), TOKENS).
    (asking.map { $0.replacingOccurrences(of: "%", with: "%%") } + ["%u", "%t", "%k"]).joined(separator: " ")
  }

  /// The words of the program that answers, without the account and the key.
  var asking: [String] {
    [InstalledProgram.path, "ssh", "authorized-keys", "--store", store] + (keys.map { ["--keys", $0] } ?? [])
  }

  var text: String {
    let variables = ["POPSEC_STORE=\(store)"] + (keys.map { ["POPSEC_KEYS=\($0)"] } ?? [])
    return """
      # Made by popsec ssh setup: users of popsec come in on these two accounts, and nobody else does.
      Match User \(ServiceAccount.allCases.map(\.rawValue).joined(separator: ","))
          PubkeyAuthentication yes
          AuthenticationMethods publickey
          AuthorizedKeysFile none
          AuthorizedKeysCommand \(answering)
          AuthorizedKeysCommandUser \(ServiceAccount.owner.rawValue)
          AuthorizedPrincipalsFile none
          TrustedUserCAKeys none
          ForceCommand none
          DisableForwarding yes
          PermitTunnel no
          PermitTTY yes
          PermitUserRC no
          ClientAliveInterval 15
          ClientAliveCountMax 3
          SetEnv \(variables.joined(separator: " "))

      """
  }

  /// The settings that sshd itself reports for an account, with keys in lower case; nil where sshd can't be
  /// asked.
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

  /// The differences between the settings and what the service accounts need.
  func problems(of settings: [String: [String]]) -> [String] {
    let expected: [(String, String)] = [
      ("authorizedkeysfile", "none"), ("authorizedkeyscommand", answering),
      ("authorizedkeyscommanduser", ServiceAccount.owner.rawValue), ("disableforwarding", "yes"),
      ("permituserrc", "no"), ("authenticationmethods", "publickey"), ("pubkeyauthentication", "yes"),
      ("forcecommand", "none"), ("permittunnel", "no"), ("permituserenvironment", "no"), ("permittty", "yes"),
    ]
    var problems = expected.compactMap { name, value in
      settings[name] == [value]
        ? nil : "\(name) is \(settings[name]?.joined(separator: " ") ?? "not set"), and not \(value)"
    }
    let taken = (settings["acceptenv"] ?? []).filter { !Self.isHarmless(variable: $0) }
    problems += taken.map { "acceptenv lets clients set \($0), and with it what programs are made to do" }
    return problems
  }

  /// The lists in sshd's configuration that keep popsec's accounts out (sshd_config(5)).
  func accountsKeptOut(by settings: [String: [String]]) -> [String] {
    ["allowusers", "allowgroups"].filter { name in
      guard let patterns = settings[name] else { return false }
      let names = patterns.flatMap { $0.split(separator: " ") }
      return !names.contains { $0.hasPrefix(ServiceAccount.owner.rawValue) || $0.contains("*") }
    }
  }

  /// Whether the variables tell only of language and terminal, which Debian's sshd accepts from clients.
  private static func isHarmless(variable pattern: String) -> Bool {
    let name = pattern.hasSuffix("*") ? pattern.dropLast() : pattern[...]
    guard !name.contains(where: { "*?!".contains($0) }) else { return false }
    return name.hasPrefix("LC_") || ["LANG", "COLORTERM", "NO_COLOR", "TERM_PROGRAM"].contains(name)
  }
}
