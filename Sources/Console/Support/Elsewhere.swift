import Access

/// How a Token ID is got elsewhere, where this terminal must not be given it.
package struct Elsewhere: Sendable {
  /// The name of the machine that popsec runs on.
  package let machine: String
  /// How popsec is started there on this store, such as `popsec --store /srv/popsec`.
  package let program: String
  /// Whether the person came by SSH, and so can again.
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

  /// What to know of it. A terminal of this machine is refused, too, where it is set and not merely wished for
  /// this one.
  func note(_ settings: Settings) -> String {
    let isRefused = settings.sshHost == nil && !isOverSSH && settings.isRecordingSafe
    return isRefused
      ? "It prints the Token ID to a file or program, not to a terminal; that it did is recorded."
      : "It prints the Token ID on its standard output; that it did is recorded."
  }
}
