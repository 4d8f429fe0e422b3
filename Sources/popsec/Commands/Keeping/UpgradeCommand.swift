import Access
import Administration
import ArgumentParser
import Foundation
import Sealing
import Store

struct UpgradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upgrade", abstract: "Bring the store up to date for this popsec.",
    discussion: """
      No other command changes the version of a store: until then, this popsec refuses a store of an earlier version. \
      An earlier popsec, such as a gate that runs, refuses the store afterwards, so restart the gate. \
      A store in a folder is copied beside itself first, a database is not. With --check nothing is changed, and \
      the exit status is 1 where there is something to do.

      Examples:
        popsec upgrade --check
        popsec upgrade
      """)

  @OptionGroup var global: GlobalOptions

  @Flag(help: "Tell what would be done, and change nothing.")
  var check = false

  @Flag(help: "Make no copy of a store in a folder before.")
  var noBackup = false

  func run() throws {
    try Caller.current.requireLocal("this")
    Interruption.begin()
    let location = try global.location()
    let outline = try Engine.outline(location)
    let checks = UpgradeChecks(outline, now: Surroundings.system.now()).all
    let output = global.standardOutput
    if check {
      try output.checks(checks)
      try output.flush()
      if !outline.pending.isEmpty { throw ExitCode(ExitStatus.denied.rawValue) }
      return
    }
    if !outline.pending.isEmpty {
      let bar = ProgressBar("upgrading")
      defer { bar.finish() }
      try Engine.upgrade(
        location, backsUp: !noBackup, now: Surroundings.system.now(), settling: { Interruption.settle() })
      bar.finish()
    }
    Interruption.begin(
      saying: "interrupted; the store is up to date, and its state is kept by its first change")
    try keepState(location)
    Interruption.settle()
    if global.isForPrograms {
      try output.value(UpgradeRecord(from: outline.version, to: outline.known, steps: outline.pending))
    } else if outline.pending.isEmpty {
      try output.line("nothing to do: the store has version \(outline.version)")
    } else if outline.version == outline.known {
      try output.line("brought the records of gates up to date")
    } else {
      try output.line("brought the store from version \(outline.version) to version \(outline.known)")
    }
    try output.flush()
  }

  /// What an older store doesn't have yet is kept now, so that no later change has to wait for that. The audit log
  /// is signed with the keys: whoever can't read them leaves the state to the first change.
  private func keepState(_ location: StoreLocation) throws {
    let administration: Administration
    do { administration = try location.openToUpgrade() } catch let problem as SealingError {
      Asking.say("note: the state of the store is kept by its first change: \(problem.message)")
      return
    }
    let bar = ProgressBar("keeping the state")
    defer { bar.finish() }
    try administration.takeFirstSnapshot { bar.tell($0, of: nil) }
  }
}

struct UpgradeRecord: PrintedObject {
  let from: Int
  let to: Int
  let steps: [String]

  static let columns: [Column<Self>] = [
    .data("from") { $0.from },
    .data("to") { $0.to },
    .data("steps") { $0.steps },
  ]
}

/// What a person should know before a store is upgraded.
struct UpgradeChecks {
  private let outline: StoreOutline
  private let now: Timestamp

  init(_ outline: StoreOutline, now: Timestamp) {
    self.outline = outline
    self.now = now
  }

  var all: [HealthCheck] { [version] + steps + [space, backup] + copy + [users] }

  private var version: HealthCheck {
    outline.version == outline.known
      ? .good("version", "the store has version \(outline.version), which is this popsec's")
      : .note(
        "version", "the store has version \(outline.version), this popsec \(outline.known)",
        "popsec upgrade; earlier versions of popsec don't open it afterwards")
  }

  private var steps: [HealthCheck] { outline.pending.map { .note("step", $0) } }

  /// The bytes that are needed for the copy, and for what is written anew.
  private var neededBytes: Int { outline.pending.isEmpty ? 0 : 2 * outline.byteCount }

  private var space: HealthCheck {
    guard let free = outline.freeByteCount else { return .note("space", "what is free can't be told") }
    let text = "the store takes \(megabytes(outline.byteCount)) MB, \(megabytes(free)) MB are free"
    return free < neededBytes
      ? .bad("space", text, "make room: upgrading may take \(megabytes(neededBytes)) MB")
      : .good("space", text)
  }

  private func megabytes(_ bytes: Int) -> Int { (bytes + 999_999) / 1_000_000 }

  private static let agedDays: Int64 = 7

  private var backup: HealthCheck {
    guard let time = outline.lastBackupAt else { return .note("backup", "none was ever made", backupHint) }
    let days = (now.secondsSince1970 - time.secondsSince1970) / 86_400
    let text = "the last was made at \(time), \(days) days ago"
    return days > Self.agedDays
      ? .note("backup", text, backupHint) : .good("backup", text)
  }

  /// This popsec can't back up a store of an earlier version.
  private var backupHint: String {
    let command = "popsec backup --output FILE"
    return outline.pending.isEmpty ? command : command + ", with the popsec of the version before"
  }

  private var copy: [HealthCheck] {
    outline.copiesFirst || outline.pending.isEmpty
      ? []
      : [.note("copy", "a database is not copied before it is upgraded", "pg_dump --format custom, before")]
  }

  private var users: HealthCheck {
    outline.users.isEmpty
      ? .good("use", "no other process that can be seen from here has it open")
      : .note(
        "use", "it is open in " + outline.users.joined(separator: ", "),
        outline.pending.isEmpty ? nil : "restart those of an earlier popsec afterwards")
  }
}
