import Access
import Administration
import Foundation
import Sealing

/// The steps of `popsec setup`. Each leaves alone what is there already, so that they can be taken again.
struct SetupSteps {
  let location: StoreLocation

  /// Errors: ``Trouble`` where an account of the system is missing or of no use.
  func requireAccounts() throws(Trouble) {
    let wrong = ServiceAccount.allCases.map { ServiceAccountCheck(service: $0, location: location).check }
      .first { $0.verdict == .bad }
    guard let wrong else { return }
    throw Trouble(
      "nothing was set up: the \(wrong.subject) \(wrong.text)", hint: wrong.advice, exitStatus: .unavailable)
  }

  /// Errors: ``Trouble`` where sshd is missing, or can't be given the paths.
  func requireSSH() throws(Trouble) {
    try SSHInstallation(location).requirePlainPaths()
    guard SSHDConfiguration.programs.contains(where: { access($0, X_OK) == 0 }) else {
      throw Trouble(
        "nothing was set up: there is no sshd", hint: "apt-get install openssh-server, or add --no-ssh",
        exitStatus: .unavailable)
    }
  }

  /// Makes the store where there is none, and gives it to its account. Only where a store is made is `firstUser`
  /// called.
  func makeStore(firstUser: () throws -> FirstUser) throws -> [HealthCheck] {
    let owner = ServiceAccount.owner.rawValue
    let sharing = StoreSharing(
      folder: try location.folder, keys: location.keys.path, group: try UnixGroup.number(owner),
      owner: try UnixGroup.account(owner))
    guard access(location.text + "/popsec.db", F_OK) == 0 else {
      let first = try firstUser()
      try location.create(sharedWith: sharing.group) {
        try first.add(to: $0)
        try location.addDecoys(InitCommand.standardDecoys, to: $0)
      }
      try sharing.carryOut()
      return [
        .good(
          "setup", "made a store at \(location.text), in which \(first.name.text) is Administrator"),
        .note(
          "setup",
          "\(InitCommand.told(InitCommand.standardDecoys)); \(InitCommand.keepingDecoys)",
          "copy \(location.keys.path)/decoys and keep the copy apart: no backup has that file"),
      ]
    }
    guard try !sharing.isDone() else {
      return [.good("setup", "the store at \(location.text) was there, and is left as it is")]
    }
    try sharing.carryOut(recordedIn: try location.open(), group: owner)
    return [.good("setup", "gave the store at \(location.text) to \(owner) and its group")]
  }

  /// Has sshd ask popsec, and read its configuration.
  func letIn() throws -> HealthCheck {
    try SSHInstallation(location).carryOut()
    guard ServiceUnits.areThere else {
      return .note("setup", "sshd goes by its new configuration once it has read it", "service ssh restart")
    }
    let (status, text) = ServiceUnits.run("try-reload-or-restart", "ssh.service")
    return status == 0
      ? .good("setup", "sshd asks popsec who may come in")
      : .bad("setup", "sshd can't be made to read its configuration: \(text)", "systemctl reload ssh")
  }

  func startGate() -> HealthCheck {
    let account = "popsec-gate"
    guard getpwnam(account) != nil else {
      return .bad(
        "setup", "the gate was not started: the account \(account) is missing",
        "useradd --system --gid popsec --groups www-data --no-create-home --shell /usr/sbin/nologin "
          + account)
    }
    guard ServiceUnits.areThere else {
      return .note(
        "setup", "the gate was not started: no systemd runs here",
        "install -d -o \(account) -g popsec -m 0755 /run/popsec-gate; setpriv --reuid \(account) --regid popsec "
          + "--init-groups popsec gate --store \(location.text) --socket-group www-data")
    }
    guard location.text == SetupCommand.standardStore else {
      return .note(
        "setup", "the gate was not started: its unit is for the store in \(SetupCommand.standardStore)",
        "systemctl edit popsec-gate; systemctl enable --now popsec-gate.service")
    }
    let (status, text) = ServiceUnits.run("enable", "--now", "popsec-gate.socket", "popsec-gate.service")
    return status == 0
      ? .good("setup", "the gate runs, and is started with the system")
      : .bad("setup", "the gate can't be started: \(text)", "journalctl --unit popsec-gate")
  }
}

/// systemd's units (systemctl(1)).
enum ServiceUnits {
  /// Whether systemd runs here (sd_booted(3)).
  static var areThere: Bool { access("/run/systemd/system", F_OK) == 0 }

  static func run(_ arguments: String...) -> (status: Int32, text: String) {
    let (status, text) = SystemProgram.run("/usr/bin/systemctl", ["--no-ask-password"] + arguments)
    return (status, String(text.prefix(300)))
  }
}
