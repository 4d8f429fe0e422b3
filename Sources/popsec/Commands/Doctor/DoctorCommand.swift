import Access
import Administration
import ArgumentParser
import Foundation
import Store

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check the store, its keys, the audit log, the terminal and sshd.",
    discussion: """
      Each with what to do about it. Exit status 1 where something is wrong. Over SSH only an Administrator may \
      ask, and sshd itself is not asked.

      Examples:
        popsec doctor
        popsec doctor --json --store /var/lib/popsec
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    Interruption.begin()
    let location = try global.location()
    // On the machine itself nobody is asked who they are, because a store that can't be opened must be
    // checked as well.
    if Caller.current.isRemote {
      let administration = try location.open()
      return try Caller.current.signedIn(to: administration) {
        try administration.requireAdministrator(to: "have the whole store looked at")
        try look(location)
      }
    }
    try look(location)
  }

  /// The checks of a store, its keys and the terminal, and those of sshd where users are to come in over SSH.
  static func checks(_ location: StoreLocation, overSSH: Bool) -> [HealthCheck] {
    StoreChecks(location: location).all + surroundings(location, overSSH: overSSH)
  }

  /// The checks of what is around a store.
  static func surroundings(_ location: StoreLocation, overSSH: Bool) -> [HealthCheck] {
    var checks = TerminalChecks(environment: Caller.current.environment).all
    if overSSH {
      checks += SSHChecks(location: location).all
    } else {
      checks.append(
        .note("ssh", "nobody comes in over SSH as a user of popsec", "popsec ssh setup tells how"))
    }
    return checks
  }

  private func look(_ location: StoreLocation) throws {
    let checks = Self.checks(
      location, overSSH: ServiceAccount.allCases.contains { getpwnam($0.rawValue) != nil })
    let output = global.standardOutput
    try output.checks(checks)
    try output.flush()
    if checks.contains(where: { $0.verdict == .bad }) { throw ExitCode(ExitStatus.denied.rawValue) }
  }
}
