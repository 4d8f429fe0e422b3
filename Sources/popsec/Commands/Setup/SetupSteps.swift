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
      location, group: try UnixGroup.number(owner), owner: try UnixGroup.account(owner))
    guard try asOwner({ try Engine.hasStore(location) }) else {
      let first = try firstUser()
      if location.isInDatabase { try makeKeyFolder() }
      try asOwner {
        try location.create(sharedWith: sharing.group) {
          try first.add(to: $0)
          try location.addDecoys(InitCommand.standardDecoys, to: $0)
        }
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
    try requireKeys()
    guard try !sharing.isDone() else {
      return [.good("setup", "the store at \(location.text) was there, and is left as it is")]
    }
    guard location.isInDatabase else {
      try sharing.carryOut(recordedIn: try location.open(), group: owner)
      return [.good("setup", "gave the store at \(location.text) to \(owner) and its group")]
    }
    // The keys were copied from another host. The store itself is given to nobody by that.
    try sharing.carryOut()
    return [
      .good("setup", "the store at \(location.text) was there, and is left as it is"),
      .good("setup", "gave the keys in \(location.keys.path) to \(owner) and its group"),
    ]
  }

  /// Does something with the rights of the account that owns a store in a database, because its server may know accounts,
  /// and because this tries what sshd's commands will do.
  func asOwner<Result>(_ body: () throws -> Result) throws -> Result {
    guard location.isInDatabase else { return try body() }
    let owner = ServiceAccount.owner.rawValue
    return try OwnerRights.using(try UnixGroup.account(owner), group: try UnixGroup.number(owner), body)
  }

  /// Makes the folder of the keys, which lies where only root makes anything.
  private func makeKeyFolder() throws {
    let path = location.keys.path
    let owner = ServiceAccount.owner.rawValue
    let (user, group) = (try UnixGroup.account(owner), try UnixGroup.number(owner))
    let above = (path as NSString).deletingLastPathComponent
    if access(above, F_OK) != 0 { mkdir(above, 0o755) }
    guard mkdir(path, 0o700) == 0 ? chown(path, user, group) == 0 : errno == EEXIST else {
      throw Trouble("\(excerpt(path)) can't be made: \(systemReason(errno))", exitStatus: .cannotCreate)
    }
  }

  /// Errors: ``Trouble`` where the keys of a store in a database are not on this host yet.
  private func requireKeys() throws(Trouble) {
    guard location.isInDatabase, !location.keys.hasLookupKey else { return }
    throw Trouble(
      "the store at \(location.text) is there, and its keys are not in \(location.keys.path)",
      hint: "copy the folder from the host on which the store was made, and run this again",
      exitStatus: .unavailable)
  }

  /// Writes down where the store of this host is, where that is not where everybody looks. Returns whether a gate that runs
  /// has to be restarted for it.
  func keepPlace() throws -> Bool {
    guard try location.isInDatabase || HostStoreFile.found() != nil else { return false }
    return try HostStoreFile(location).write()
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

  func startGate(restarting: Bool) -> HealthCheck {
    let account = "popsec-gate"
    guard getpwnam(account) != nil else {
      return .bad(
        "setup", "the gate was not started: the account \(account) is missing",
        "useradd --system --gid popsec --groups www-data --no-create-home --shell /usr/sbin/nologin "
          + account)
    }
    if location.isInDatabase, let reach = DatabaseFrontDoor(location: location).reach(of: account),
      reach.verdict == .bad
    {
      return .bad("setup", "the gate was not started: \(reach.text)", reach.advice)
    }
    guard ServiceUnits.areThere else {
      let place = location.isInDatabase ? "" : "--store \(location.text) "
      return .note(
        "setup", "the gate was not started: no systemd runs here",
        "install -d -o \(account) -g popsec -m 0755 /run/popsec-gate; "
          + (location.isInDatabase ? "set -a; . \(HostStoreFile.path); " : "")
          + "HOME=/ setpriv --reuid \(account) --regid popsec --init-groups popsec gate \(place)--socket-group www-data"
      )
    }
    guard location.isInDatabase || location.text == SetupCommand.standardStore else {
      return .note(
        "setup", "the gate was not started: its unit is for the store in \(SetupCommand.standardStore)",
        "systemctl edit popsec-gate; systemctl enable --now popsec-gate.service")
    }
    var (status, text) = ServiceUnits.run("enable", "--now", "popsec-gate.socket", "popsec-gate.service")
    if status == 0, restarting { (status, text) = ServiceUnits.run("restart", "popsec-gate.service") }
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
