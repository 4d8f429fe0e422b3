import Foundation

extension TeamServer {
  /// The command that connects somebody, who shows a key, to an account.
  func client(
    _ member: Member, to account: String? = nil, key: String? = nil, options: [String] = [],
    terminal: Bool = false, _ command: String?
  ) -> [String] {
    let connection = connection(key ?? member.keyFile) + options + [terminal ? "-tt" : "-T"]
    return [Tool.ssh.path] + connection + ["--", "\(account ?? member.account)@127.0.0.1"]
      + (command.map { [$0] } ?? [])
  }

  /// What ssh, scp and sftp are told of how to connect.
  func connection(_ key: String, portOption: String = "-p") -> [String] {
    [
      "-F", "none", portOption, String(portNumber), "-i", "\(folder)/\(key)", "-o", "IdentitiesOnly=yes",
      "-o",
      "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o",
      "LogLevel=ERROR",
    ]
  }

  /// Has somebody run a command without a terminal. Commands of one person go through one connection, unless
  /// anything is said of how to connect.
  func ssh(
    _ member: Member, _ command: String?, to account: String? = nil, key: String? = nil,
    options: [String] = [], input: String = ""
  ) throws -> TestStore.Printed {
    let account = account ?? member.account
    let isPlain = key == nil && options.isEmpty
    let options = isPlain ? shared(member, account) : options
    let client = client(member, to: account, key: key, options: options, command)
    // A connection that stays would be waited for without end.
    return try run("/usr/bin/timeout", [String(Int(Person.patience))] + client, input: input)
  }

  private func shared(_ member: Member, _ account: String) -> [String] {
    let socket = "\(folder)/\(member.keyFile)-\(account)"
    return ["-o", "ControlMaster=auto", "-o", "ControlPath=" + socket, "-o", "ControlPersist=60"]
  }

  /// Somebody before a terminal, from which they connect; to the console unless a command is given.
  func person(
    _ member: Member, _ command: String? = nil, options: [String] = [], terminal: Bool = true,
    term: String = "xterm-256color"
  ) throws -> Person {
    try store.person(client(member, options: options, terminal: terminal, command), term: term)
  }

  /// The processes of popsec that sshd has started.
  var programs: [pid_t] { Processes.below(pid).filter { Processes.process($0)?.name == "popsec" } }
}
