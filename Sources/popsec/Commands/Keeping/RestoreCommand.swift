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
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("A file of popsec backup.", valueName: "file"))
  var file: String

  @Option(
    help: ArgumentHelp("The copy of the keys, as backup --keys-output wrote it.", valueName: "file"))
  var keysInput: String?

  @Flag(help: "Put the store that is there back to the backup.")
  var replace = false

  @Option(
    help: ArgumentHelp(
      "Heads of the audit log that were kept elsewhere, to tell what is lost: lines of the system's log.",
      valueName: "file"))
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
    let location = try global.location()
    let sent = try heads.map(SentHeads.read)
    let bar = ProgressBar("reading the backup")
    defer { bar.finish() }
    let backup = try BackupFile.open(file) { bar.tell($0, of: $1) }
    bar.finish()
    guard backup.manifest.schemaVersion <= Engine.knownVersion else {
      throw BackupTrouble.newer(
        file: backup.name, version: backup.manifest.schemaVersion, known: Engine.knownVersion)
    }
    let restoring = Restoring(location: location, backup: backup, sent: sent)
    let outcome =
      replace
      ? try restoring.replace(withoutKeys: withoutKeys, yes: yes)
      : try restoring.adopt(
        sharedWith: group.map(UnixGroup.number), keysInput: keysInput, withoutKeys: withoutKeys)
    let output = Output.standard()
    if global.json {
      try output.json(outcome)
    } else {
      for line in outcome.lines { try output.line(output.shown(line)) }
    }
    try output.flush()
  }
}

/// What was restored, as JSON. The keys are what scripts rely on.
struct RestoreOutcome: Encodable {
  let store: String
  let id: String
  let madeAt: String
  /// The last row of the audit log in the backup.
  let row: Int64
  /// That of what was replaced.
  let replacedRow: Nullable<Int64>
  /// Where what was replaced is kept.
  let kept: Nullable<String>
  let notes: [String]

  var lines: [String] {
    var lines = ["restored the store \(id) at \(store), as it was at \(madeAt), row \(row) of its audit log"]
    if let kept = kept.value { lines.append("what it held before is kept in \(kept)") }
    return lines + notes
  }
}
