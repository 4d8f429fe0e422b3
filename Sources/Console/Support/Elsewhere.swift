import Access

/// The way to run a command of popsec elsewhere: to get a Token ID where this terminal must not receive it, and a list
/// where the person has no files here.
package struct Elsewhere: Sendable {
  /// The name of the machine on which popsec runs.
  package let machine: String
  /// The command that starts popsec on this store, such as `popsec --store /srv/popsec`.
  package let program: String
  /// Whether the person came by SSH, and so can do that again.
  package let isOverSSH: Bool

  package init(machine: String, program: String, isOverSSH: Bool) {
    self.machine = machine
    self.program = program
    self.isOverSSH = isOverSSH
  }

  /// The command that prints a token's Token ID on its standard output.
  func command(for token: TokenRowID, _ settings: Settings) -> String {
    let host = settings.sshHost ?? (isOverSSH ? machine : nil)
    let program = host.map { "ssh \(ServiceAccount.owner.rawValue)@\($0)" } ?? program
    return "\(program) token reveal --id \(token)"
  }

  /// The command that prints something, such as a list, into a file of the person's own machine.
  func command(_ words: [String], as account: ServiceAccount, into file: String, _ settings: Settings)
    -> String
  {
    let command = ShellWords.joined(words)
    let into = " > " + ShellWords.joined([file])
    guard let host = settings.sshHost ?? (isOverSSH ? machine : nil) else {
      return "\(program) \(command)\(into)"
    }
    // The shell on this side takes one layer of quotes, and popsec on the other side the second one.
    return "ssh \(account.rawValue)@\(host) " + ShellWords.joined([command]) + into
  }

  /// A note on the command. Where the mode is set, and not merely chosen for this console, another terminal
  /// of this machine is refused as well.
  func note(_ settings: Settings) -> String {
    let isRefused = settings.sshHost == nil && !isOverSSH && settings.isRecordingSafe
    return isRefused
      ? "It prints the Token ID to a file or program, not to a terminal; that it did is recorded."
      : "It prints the Token ID on its standard output; that it did is recorded."
  }
}
