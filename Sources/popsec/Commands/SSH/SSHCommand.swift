import Access
import ArgumentParser
import Foundation

struct SSHCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ssh", abstract: "Let users in over SSH.",
    subcommands: [SSHSetup.self, SSHAuthorizedKeys.self])
}

struct SSHSetup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "setup", abstract: "Print sshd's configuration for popsec, or install it, and check it.",
    discussion: """
      Without --write it prints what belongs into \(SSHDConfiguration.path), and on standard error what is \
      still missing. With --write, as root, it puts it there, has sshd check it, and takes it away again \
      where sshd refuses it. Exit status 1 where something is missing.

      Examples:
        popsec ssh setup > popsec-sshd.conf
        sudo popsec ssh setup --write
      """)

  @OptionGroup var global: GlobalOptions

  @Flag(help: "Install the configuration. This needs root.")
  var write = false

  func run() throws {
    try Caller.current.requireLocal("this")
    let location = try global.location()
    let installation = SSHInstallation(location)
    try installation.requirePlainPaths()
    try DatabaseFrontDoor.requireNoVariables(location, Caller.current.environment)
    if write { try installation.carryOut() }
    let checks = SSHChecks(location: location).all
    let output = global.standardOutput
    if global.isForPrograms {
      try output.value(
        SetupRecord(
          path: SSHDConfiguration.path, configuration: installation.configuration.text, checks: checks))
    } else if write {
      try output.checks(checks)
    } else {
      try output.lines(installation.configuration.text)
    }
    try output.flush()
    if !global.isForPrograms, !write {
      let notes = Output(descriptor: STDERR_FILENO)
      try notes.checks(checks.filter { $0.verdict != .good })
      try notes.flush()
    }
    if checks.contains(where: { $0.verdict == .bad }) { throw ExitCode(ExitStatus.denied.rawValue) }
  }
}

struct SetupRecord: PrintedObject {
  let path: String
  let configuration: String
  let checks: [HealthCheck]

  static let columns: [Column<Self>] = [
    .data("path") { $0.path },
    .data("configuration") { $0.configuration },
    .data("checks") { $0.checks },
  ]
}
