import Access
import Administration
import ArgumentParser
import Foundation
import Sealing

struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Make a store of a backup, or put a store back to it.",
    discussion: """
      The backup is verified as a whole before anything is made of it. The place must be missing or empty; with \
      --replace the store that is there, of which the backup must be, is put back to it in one step, and what it \
      held is kept in a file beside. Gates and consoles go on with what was restored.

      Examples:
        popsec restore popsec.backup --store /srv/popsec --keys-input popsec.keys
        popsec restore popsec.backup --replace --heads heads.log
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("A file of popsec backup.", valueName: "file"), completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp("The copy of the keys, as backup --keys-output wrote it.", valueName: "file"),
    completion: .file())
  var keysInput: String?

  @Flag(help: "Put the store that is there back to the backup.")
  var replace = false

  @Option(
    help: ArgumentHelp(
      "Heads of the audit log that were kept elsewhere, to tell what is lost: lines of the system's log.",
      valueName: "file"), completion: .file())
  var heads: String?

  @Option(help: ArgumentHelp("Make it for a Unix group, too, as init does.", valueName: "name"))
  var group: String?

  @Flag(help: "Restore though the keys are not here.")
  var withoutKeys = false

  @Flag(help: "Don't ask before replacing.")
  var yes = false

  func validate() throws {
    guard !replace || (keysInput == nil && group == nil) else {
      throw ValidationError("a store that is replaced keeps its keys and its group")
    }
  }

  func run() throws {
    try Caller.current.requireLocal("restoring")
    Interruption.begin()
    let location = try global.location()
    let sent = try heads.map(SentAuditHead.read)
    let bar = ProgressBar("reading the backup")
    defer { bar.finish() }
    let backup = try BackupFile.open(file) { bar.tell($0, of: $1) }
    bar.finish()
    let place = RestoreHere(location: location, backup: backup, group: try group.map(UnixGroup.number))
    let restoration = try Restoration(
      of: backup.restorable,
      keys: RestoredKeys(
        location.keys, location.keyPlace, trusted: location.trustedKeys,
        text: try keysInput.map { try KeyText(path: $0) }),
      sent: sent, in: place, by: UnixIdentity.making.maker(.commandLine), .announcing)
    let outcome =
      replace
      ? try restoration.replace(try place.openPresent(), withoutKeys: withoutKeys) {
        try confirm($0, location)
      }
      : try restoration.adopt(sharedWith: place.group, withoutKeys: withoutKeys)
    let output = global.standardOutput
    if global.isForPrograms {
      try output.value(RestoreRecord(outcome: outcome))
    } else {
      for line in outcome.lines { try output.line(output.shown(line)) }
    }
    try output.flush()
  }

  private func confirm(_ outlook: RestoreOutlook, _ location: StoreLocation) throws(Trouble) {
    if yes { return }
    for line in outlook.lines { Asking.say(line) }
    guard Asking.canAsk, Asking.yes("replace what the store at \(location.text) holds?") else {
      throw Trouble("nothing was changed", hint: "add --yes where there is no terminal", exitStatus: .usage)
    }
  }
}

/// The restore that was made.
struct RestoreRecord: Record {
  let outcome: RestoreOutcome

  static let columns: [Column<Self>] = [
    .data("store") { $0.outcome.folder },
    .data("id") { $0.outcome.manifest.store },
    .data("madeAt") { $0.outcome.manifest.madeAt },
    // The last row of the audit log in the backup, and in the state that was replaced.
    .data("row") { $0.outcome.manifest.head.row },
    .data("replacedRow") { $0.outcome.replacedRow },
    .data("kept") { $0.outcome.kept },
    .data("notes") { $0.outcome.notes },
  ]
}
