import Access
import ArgumentParser
import Foundation

struct SetupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "setup", abstract: "Make a store for a team: the store, the way in over SSH, and the gate.",
    discussion: """
      It does what init, ssh setup --write and doctor do, for the accounts that the package made, and starts the \
      gate where systemd runs. On a terminal it asks what the options leave open. Run it again to go on where \
      something was missing: what is there already is left as it is. The store is in \(Self.standardStore) where \
      neither --store nor POPSEC_STORE names another place, nor \(HostStoreFile.path), in which setup writes down the \
      address of a store in a database. The keys of such a store are in \(Self.standardKeys), on each host.

      Examples:
        sudo popsec setup --administrator Ada --key-file ada.pub
        sudo popsec setup --administrator Ada --key-file ada.pub --no-gate --no-ssh
        sudo popsec setup --store 'postgresql://popsec@db1,db2/popsec?sslmode=verify-full&passfile=/etc/popsec/pgpass'
      """)

  static let standardStore = "/var/lib/popsec"
  /// The folder of the keys of a store in a database.
  static let standardKeys = "/etc/popsec/keys"

  @OptionGroup var global: GlobalOptions

  @Option(help: ArgumentHelp("The name of the first user, an Administrator.", valueName: "name"))
  var administrator: String?

  @OptionGroup var keys: PublicKeySource

  @Flag(inversion: .prefixedNo, help: "Have sshd ask popsec who may come in.")
  var ssh: Bool?

  @Flag(inversion: .prefixedNo, help: "Start the gate, which answers reverse proxies.")
  var gate: Bool?

  func run() throws {
    try Caller.current.requireLocal("this")
    guard getuid() == 0 else {
      throw Trouble(
        "only root can set popsec up for a team",
        hint: "sudo popsec setup; popsec init makes a store for yourself",
        exitStatus: .notPermitted)
    }
    let steps = SetupSteps(location: try location())
    try DatabaseFrontDoor.requireNoVariables(steps.location, Caller.current.environment)
    try steps.requireAccounts()
    let asks = Asking.canAsk && !global.isForPrograms
    let wantsSSH = try ssh ?? (asks ? Asking.assent("let users in over SSH?") : true)
    let wantsGate =
      try gate ?? (asks ? Asking.assent("start the gate, which answers reverse proxies?") : true)
    if wantsSSH { try steps.requireSSH() }
    var done = try steps.makeStore { try firstUser(comesOverSSH: wantsSSH, asks: asks) }
    let isNewPlace = try steps.keepPlace()
    if wantsSSH { done.append(try steps.letIn()) }
    if wantsGate { done.append(steps.startGate(restarting: isNewPlace)) }
    let ofStore = try steps.asOwner { StoreChecks(location: steps.location).all }
    try tell(done + ofStore + DoctorCommand.surroundings(steps.location, overSSH: wantsSSH))
  }

  private func location() throws -> StoreLocation {
    let environment = Caller.current.environment
    let (named, namedKeys) = (global.place.store ?? environment.filled("POPSEC_STORE"), global.place.keys)
    let written = named == nil ? try HostStoreFile.found() : nil
    let store = named ?? written?.store ?? Self.standardStore
    let isElsewhere = environment.filled("POPSEC_KEYS") == nil && StoreLocation.isInDatabase(store)
    return try StoreLocation(
      store: store, keys: namedKeys ?? written?.keys ?? (isElsewhere ? Self.standardKeys : nil),
      allowsLooseRights: global.place.allowLooseRights, environment: environment)
  }

  private func firstUser(comesOverSSH: Bool, asks: Bool) throws -> FirstUser {
    if let administrator {
      let keys = try keys.keys()
      guard !keys.isEmpty || !comesOverSSH else {
        throw Trouble(
          "\(quotedExcerpt(administrator)) could not come in without a key",
          hint: "add --key-file FILE.pub, or --no-ssh", exitStatus: .usage)
      }
      return FirstUser(name: try Name(administrator), unixAccount: nil, keys: keys)
    }
    guard asks else {
      throw Trouble(
        "no store was made: there is no terminal to ask for the first user",
        hint: "add --administrator NAME --key-file FILE.pub", exitStatus: .usage)
    }
    guard let user = FirstUser.asked(comesOverSSH: comesOverSSH) else {
      throw Trouble("no store was made: the first user is missing", exitStatus: .usage)
    }
    return user
  }

  private func tell(_ checks: [HealthCheck]) throws {
    let output = global.standardOutput
    try output.checks(checks)
    try output.flush()
    if checks.contains(where: { $0.verdict == .bad }) { throw ExitCode(ExitStatus.denied.rawValue) }
  }
}
