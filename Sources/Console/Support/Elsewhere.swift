import Access

/// The way to get a Token ID on another terminal, where this terminal must not receive it.
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

  /// A note on the command. Where the mode is set, and not merely chosen for this console, another terminal
  /// of this machine is refused as well.
  func note(_ settings: Settings) -> String {
    let isRefused = settings.sshHost == nil && !isOverSSH && settings.isRecordingSafe
    return isRefused
      ? "It prints the Token ID to a file or program, not to a terminal; that it did is recorded."
      : "It prints the Token ID on its standard output; that it did is recorded."
  }
}
