import Access
import Administration
import ArgumentParser
import CPlatform
import Dispatch
import Foundation
import Gate
import Sealing
import Store

struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate", abstract: "Answer reverse proxies whether a request may pass.",
    discussion: "Without a further word it serves: popsec gate serve --help lists the options.",
    subcommands: [GateServe.self, GateAcceptRollback.self, GateKeyCommand.self, GateJWKS.self],
    defaultSubcommand: GateServe.self)
}

struct GateServe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Answer reverse proxies whether a request may pass.",
    discussion: """
      It serves /auth/nginx, /auth/forward (Traefik, Caddy, HAProxy, Apache), /auth/envoy, /healthz, /metrics and \
      /.well-known/jwks.json, and with --authzen AuthZEN under /access/v1, until it gets SIGTERM. It reads the store \
      alone; what it writes is gate.db beside it. Resources/proxies has configurations that run.

      Examples:
        popsec gate serve --listen unix:/run/popsec-gate/gate.sock
        popsec gate serve --listen 127.0.0.1:9080 --log-denials
      """)

  @OptionGroup var global: GlobalOptions

  @Option(
    help: ArgumentHelp(
      "unix:PATH or HOST:PORT.",
      discussion: """
        Else sockets that systemd hands over (LISTEN_FDS), else gate.sock in $RUNTIME_DIRECTORY (systemd), \
        $XDG_RUNTIME_DIR/popsec or /run/popsec-gate. A gate that starts takes the path over from the one that \
        listens there.
        """, valueName: "address"))
  var listen: String?

  @Option(help: ArgumentHelp("The group that may use the socket: the proxy's.", valueName: "group"))
  var socketGroup: String?

  @Option(
    help: ArgumentHelp(
      "A network whose forwarded headers are believed; may be repeated. The Unix socket always is.",
      valueName: "network"))
  var trust: [String] = []

  @Flag(
    help: ArgumentHelp(
      "Answer applications that ask AuthZEN.",
      discussion: """
        Whoever may use the Unix socket, and the networks of --trust, may then ask what anybody may see, \
        and search for it. Without it nobody may.
        """))
  var authzen = false

  @Option(
    help: ArgumentHelp(
      "The https address under which applications reach the gate, for the metadata of AuthZEN.",
      discussion: "Else the metadata names the host that was asked for.", valueName: "url"))
  var authzenURL: String?

  @Option(
    help: ArgumentHelp(
      "The number of threads.",
      discussion: "Else half the cores, because the proxy needs the others, and all cores beside a database.")
  )
  var threads: Int?

  @Option(help: "The number of days for which denials are kept.")
  var keepDays: Int64 = DenialRetention.standard.days

  @Option(help: "The number of denials that are kept.")
  var keepDenials: Int = DenialRetention.standard.count

  @Flag(help: "Write a line for each denial.")
  var logDenials = false

  @Flag(help: "Run although this account can read the seal key.")
  var allowSealKey = false

  @OptionGroup var signing: GateSigningOptions

  func validate() throws {
    try signing.check()
    guard threads.map({ (1...256).contains($0) }) ?? true else {
      throw ValidationError("--threads takes 1 to 256")
    }
    guard (1...3_650).contains(keepDays), (1...1_000_000).contains(keepDenials) else {
      throw ValidationError("--keep-days takes 1 to 3650, --keep-denials 1 to 1000000")
    }
    guard authzen || authzenURL == nil else { throw ValidationError("--authzen-url needs --authzen") }
  }

  func run() throws {
    // What a gate keeps lies in tables that are copied when they grow.
    popsec_return_large_memory()
    let startedAt = Surroundings.system.now()
    let stop = StopSignals()
    let inherited = ConnectionBound.inheritedDescriptors()
    let descriptors = ConnectionBound.raisedDescriptorLimit()
    let location = try global.location()
    let trusted = TrustedPeers(try trust.map(Self.network))
    let keys = KeyRing(try gateKeys(location), folder: location.trustedKeys)
    let lines = LogLines()
    let log = lines.log
    let manager = ServiceManager(ProcessInfo.processInfo.environment, log: log)
    let clock = Surroundings.system.now
    let assertions = try signing.book(location, keys.keys, log)
    // The store must exist and be readable before anybody is answered.
    let database = try Engine.watchDatabase(location)
    _ = try Engine.openToEnforce(location, watched: database, now: clock())
    // popsec-notify.path watches a file. Beside a database there is none, and the timer of notices tells a little later.
    let decoySignal = (try? location.folder).map(DecoySignal.init(folder:))
    let uses = Engine.keepUses(location, watched: database) { log.write($0.isLoss ? .error : .info, $0.text) }
    let recorder = Recorder(
      uses, keeping: DenialRetention(days: keepDays, count: keepDenials), log: log,
      signalDecoy: { decoySignal?.give() })
    let decoys = KnownDecoys()
    let decoyKeeper = DecoyKeeper(location.trustedKeys, sets: decoys, log: log)
    let shared = GateShared(
      recorder: recorder, trusted: trusted, authZEN: try authZEN(), log: log, logsDenials: logDenials,
      assertions: assertions, standing: GateStanding(database?.store),
      program: .present(startedAt: startedAt), decoys: decoys,
      microseconds: { Int64(DispatchTime.now().uptimeNanoseconds / 1_000) })
    let store = EnforcedStore { try Engine.openToEnforce(location, watched: database, now: clock()) }
    let standing = StandingKeeper(
      StandingWatch(store, ring: keys, uses: uses, now: clock), store, uses, sets: shared.standing, log: log)
    // The person who starts the gate learns at once where its key is not registered.
    _ = assertions?.isBelieved(Enforcer(store, ring: keys, uses: uses))
    let figures = FiguresKeeper(EndingTokens(store, now: clock), sets: shared.figures)
    let threads =
      threads
      ?? GateServer.threads(
        cores: ProcessInfo.processInfo.activeProcessorCount, waitsForDatabase: database != nil)
    let opened = try GateSocket.opened(listen, group: socketGroup) { sockets in
      try GateServer(
        sockets, threads: threads,
        connections: ConnectionBound.connections(
          descriptors: descriptors, threads: threads, inherited: inherited), shared: shared
      ) {
        Enforcer(store, ring: keys, uses: uses, people: shared.people)
      }
    }
    let rates = RateKeeper(RateSetting(store), uses, shared)
    let reach = try Self.reachKeeper(database, shared, uses)
    let presence = PresenceKeeper(LookupKeyWatch(store, ring: keys), uses, log: log, now: clock)
    Self.tell(opened, log)
    let places = opened.sockets.map(\.address.description).joined(separator: ", ")
    let watchdog = manager.ready("answers at \(places)") {
      opened.server.answers(withinMicroseconds: $0)
    }
    // Reading the command and the store touches far more of the program than answering does.
    popsec_return_program_pages()
    let signal = stop.wait {
      log.write(.info, "goes on: SIGHUP has no meaning, since nothing has to be read again")
    }
    log.write(.info, "stopping", ["signal": signal])
    watchdog?.stop()
    manager.stopping()
    opened.path?.remove()
    opened.server.stop(now: clock())
    presence.stop()
    rates.stop()
    figures.stop()
    decoyKeeper.stop()
    standing.stop()
    reach?.stop()
    database?.store.stop()
    log.write(.info, "stopped")
    lines.drain()
  }

  /// A store in a folder is never out of reach.
  private static func reachKeeper(
    _ database: DatabaseWatch?, _ shared: GateShared, _ uses: any UseWriting
  ) throws -> ReachKeeper? {
    guard database != nil else { return nil }
    let host = try HostName.own.flatMap { try? Name($0) } ?? Name("unnamed")
    return ReachKeeper(shared.standing, uses, host: host, log: shared.log)
  }

  private static func tell(_ opened: GateSocket.Opened, _ log: GateLog) {
    for socket in opened.sockets {
      log.write(
        .info, "listening",
        ["address": socket.address.description, "socket": socket.isShared ? "handed over" : "its own"])
    }
    if opened.hasTakenOver {
      log.write(.info, "took over from a gate that listened there, which may be stopped now")
    }
  }

  /// The keys of the gate, without the seal key: the gate must not be able to reveal a Token ID, even if it
  /// is flawed.
  private func gateKeys(_ location: StoreLocation) throws -> TokenKeys {
    let keys = location.trustedKeys
    if keys.canReadSealKey, !allowSealKey {
      throw Trouble(
        "this account can read the seal key at \(excerpt(keys.file(.seal)))",
        hint: "run the gate as an account of its own in the store's group (popsec init --group), "
          + "or allow it with --allow-seal-key",
        exitStatus: .notPermitted)
    }
    return try keys.loadLookup()
  }

  /// The service of AuthZEN; nil where it is not to be served.
  private func authZEN() throws -> AuthZENService? {
    guard authzen else { return nil }
    let url = try authzenURL.map { text in
      guard let url = AuthZENURL(text) else {
        throw Trouble(
          "\(quotedExcerpt(text)) is no https address without a path",
          hint: "write it as https://pdp.example.com", exitStatus: .usage)
      }
      return url
    }
    return AuthZENService(url: url)
  }

  private static func network(_ text: String) throws -> Network {
    if let network = Network(text) { return network }
    throw Trouble(
      "\(quotedExcerpt(text)) is no network", hint: "write it as 10.0.0.0/8 or 127.0.0.1/32",
      exitStatus: .usage)
  }
}
