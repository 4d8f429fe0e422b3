import Access
import Administration
import ArgumentParser
import Dispatch
import Foundation
import Sealing

struct KeyRotate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate", abstract: "Exchange the lookup key or the seal key, while everything goes on.",
    discussion: """
      A new key is made, and all Token IDs are put under it, some at a time; tokens work, and can be copied and \
      made, meanwhile. It may be interrupted at any time: the same command goes on. The old key is kept beside \
      the new one under its id, since backups from before need it, unless --forget is given.

      A gate reads the new lookup key by itself where it reads the keys' own folder. One that gets a copy when it \
      is started, as by systemd's LoadCredential=, has to be given lookup-next.key, too, and be restarted: make \
      it with --prepare first.

      Examples:
        popsec key rotate lookup
        popsec key rotate seal --prepare
        popsec key rotate seal --withdraw
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("lookup, by which tokens are found, or seal, by which they are copied."))
  var key: TokenKeyKind

  @Flag(help: "Only make the new key.")
  var prepare = false

  @Flag(help: "Give up a new key under which nothing is kept yet.")
  var withdraw = false

  @Flag(help: "Don't keep the old key: backups from before can't be used any more.")
  var forget = false

  @Flag(help: "Don't wait until gates know the new key.")
  var withoutGates = false

  @Option(help: "The seconds to wait for gates that don't know the new key.")
  var gateSeconds: Int = 60

  @Flag(help: "Finish although some Token IDs are damaged; these don't work afterwards.")
  var leaveDamaged = false

  func validate() throws {
    if prepare, withdraw { throw ValidationError("--prepare and --withdraw exclude each other") }
    guard (0...3_600).contains(gateSeconds) else { throw ValidationError("--gate-seconds takes 0 to 3600") }
  }

  func run() throws {
    try Caller.current.requireLocal("exchanging keys")
    Interruption.begin()
    let location = try global.location()
    guard location.keyPlace != .credentials else {
      throw Trouble(
        "systemd's credentials are copies: the keys themselves have to be exchanged",
        hint: "name their folder with --keys", exitStatus: .usage)
    }
    let folder = location.trustedKeys
    try global.run { session in
      guard folder.ownsKeys else { throw KeyRotationTrouble.notOwner(path: folder.path) }
      guard try folder.lock() else { throw KeyRotationTrouble.anotherRotates }
      let rotation = KeyRotation(session.administration, folder, key)
      if withdraw {
        try rotation.withdraw()
        return try session.tell(KeyStepRecord(withdrawn: key), "the new \(key.rawValue) key is given up")
      }
      try carryOut(rotation, session)
    }
  }

  private func carryOut(_ rotation: KeyRotation, _ session: Session) throws {
    let began = ContinuousClock.now
    Interruption.inSteps()
    switch try rotation.stage() {
    case .idle: try rotation.prepare()
    case .prepared: break
    case .rewriting, .rewritten: try rotation.recordResuming()
    }
    if case .prepared(let new) = try rotation.stage() {
      try Interruption.end(telling: Self.prepared(key))
      Interruption.begin(saying: Self.prepared(key))
      if prepare {
        return try session.tell(
          KeyStepRecord(prepared: new),
          "made the new \(key.rawValue) key \(new.rawValue); nothing is kept under it yet")
      }
      if !withoutGates { try waitForGates(rotation) }
      Interruption.inSteps()
      try rotation.begin()
    }
    Interruption.inSteps()
    let count = try rewrite(rotation, session)
    Interruption.settle()
    let kept = try rotation.finish(forgetting: forget)
    let seconds = (ContinuousClock.now - began).components.seconds
    try session.tell(
      RotationRecord(key: key.rawValue, rewritten: count, seconds: seconds, oldKey: kept),
      "the \(key.rawValue) key is exchanged, \(count) Token IDs rewritten in \(seconds) s; "
        + (kept.map { "the old one is kept as \($0): backups from before need it" } ?? "the old one is gone"))
  }

  /// Moves the Token IDs. Where a signal comes, what was moved stays, and the same command goes on.
  private func rewrite(_ rotation: KeyRotation, _ session: Session) throws -> Int {
    do {
      return try session.withProgress("rewriting") { progress in
        try withoutActuallyEscaping(progress) { progress in
          try rotation.rewrite(leavingDamaged: leaveDamaged, .standard(progress))
        }
      }
    } catch let trouble as KeyRotationTrouble {
      try Interruption.end(telling: "\(trouble.message)\nhint: \(trouble.hint ?? "")")
      throw trouble
    }
  }

  private static func prepared(_ key: TokenKeyKind) -> String {
    "interrupted; the new \(key.rawValue) key is made and nothing is kept under it yet: the same command goes on, "
      + "and --withdraw gives the new key up"
  }

  /// Waits for the gates. A gate learns of the key, and sets a damaged gate.db aside, within seconds; a gate
  /// that is being restarted takes longer.
  private func waitForGates(_ rotation: KeyRotation) throws {
    let end = ContinuousClock.now + .seconds(gateSeconds)
    var hasSaid = false
    let start = ContinuousClock.now
    while true {
      do { return try rotation.checkGates() } catch let trouble as KeyRotationTrouble {
        guard trouble.isAboutGates, ContinuousClock.now < end else { throw trouble }
        if !hasSaid, ContinuousClock.now > start + .seconds(3) {
          Asking.say("waiting: " + trouble.message)
          hasSaid = true
        }
      }
      usleep(200_000)
    }
  }
}

extension TokenKeyKind: ExpressibleByArgument {}

extension KeyRotationTrouble {
  /// Whether the reason is a gate, which a running gate may resolve.
  fileprivate var isAboutGates: Bool {
    switch self {
    case .gatesBehind, .gatesUnknown: true
    default: false
    }
  }
}

extension RewritingPace {
  fileprivate static func standard(
    _ progress: @escaping (Int, Int) -> Void
  ) -> RewritingPace {
    RewritingPace(
      progress: progress, isStopped: { Interruption.hasCome }, rest: { usleep(UInt32(min($0, 500_000))) },
      microseconds: { Int64(DispatchTime.now().uptimeNanoseconds / 1_000) })
  }
}

struct RotationRecord: PrintedObject {
  let key: String
  let rewritten: Int
  let seconds: Int64
  /// The path at which the old key is kept.
  let oldKey: String?

  static let columns: [Column<Self>] = [
    .data("key") { $0.key },
    .data("rewritten") { $0.rewritten },
    .data("seconds") { $0.seconds },
    .data("oldKey") { $0.oldKey },
  ]
}

/// A rotation that ended before Token IDs were moved.
struct KeyStepRecord: PrintedObject {
  /// The new key that was made.
  var prepared: KeyID?
  /// The kind of key whose new key was given up.
  var withdrawn: TokenKeyKind?

  static let columns: [Column<Self>] = [
    .dataIfAny("prepared") { $0.prepared?.rawValue },
    .dataIfAny("withdrawn") { $0.withdrawn.map(Word.init) },
  ]
}
