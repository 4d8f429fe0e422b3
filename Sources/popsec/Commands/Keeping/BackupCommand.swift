import Access
import Administration
import ArgumentParser
import Foundation
import Sealing

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copy the store into a file, while others use it.",
    discussion: """
      The file holds the store as it was at one moment and what gates recorded, never the keys: without them \
      no Token ID in it can be found or copied. It is verified before it gets its name. popsec restore takes it.

      Examples:
        popsec backup --output popsec.backup
        popsec backup --output popsec.backup --keys-output popsec.keys
      """)

  @OptionGroup var global: GlobalOptions

  @Option(help: ArgumentHelp("A new file, for your account alone.", valueName: "file"), completion: .file())
  var output: String

  @Option(
    help: ArgumentHelp(
      "Write the keys, too, into another new file, which is to be kept apart from the backup.",
      valueName: "file"), completion: .file())
  var keysOutput: String?

  func run() throws {
    try Caller.current.requireLocal("backing up")
    Interruption.begin(saying: "interrupted; there is no backup, and nothing was changed")
    let path = absolute(output)
    guard keysOutput.map(absolute) != path else {
      throw Trouble(
        "the keys don't go into the same file as the backup", hint: "name another, and keep it elsewhere",
        exitStatus: .usage)
    }
    let location = try global.location()
    try global.run { session in
      try session.administration.requireBackup(withKeys: keysOutput != nil)
      let keys = try keysOutput == nil ? nil : location.trustedKeys.text()
      let writer = BackupWriter(location: location, administration: session.administration, path: path)
      var hasKeys = false
      do {
        let backup = try writer.write(withProgress: { try session.withProgress($0, $1) }) { backup in
          Interruption.settle()
          if let keys, let keysOutput {
            try NewFile.write(keys, to: keysOutput)
            hasKeys = true
          }
          try session.administration.recordBackup(
            backup.manifest, sha256: backup.sha256, withKeys: keys != nil)
        }
        try session.tell(BackupRecord(backup, keys: keysOutput), words(backup))
      } catch {
        if hasKeys, let keysOutput { unlink(keysOutput) }
        throw error
      }
      if let keysOutput {
        Asking.say(
          "warning: with the keys in \(excerpt(keysOutput)) every Token ID of any copy of this store can be read; "
            + "keep them apart from backups")
      }
    }
  }

  private func absolute(_ path: String) -> String {
    let path = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    return (path as NSString).standardizingPath
  }

  private func words(_ backup: BackupFile) -> String {
    """
    backed up the store \(backup.manifest.store), up to row \(backup.manifest.head.row) of its audit log
    \(backup.path): \(backup.byteCount) bytes, SHA-256 \(backup.sha256)
    keys needed to use it: lookup \(shown(backup.manifest.lookupKeys)), seal \(shown(backup.manifest.sealKeys))
    """
  }

  private func shown(_ ids: [String]) -> String { ids.isEmpty ? "any" : ids.joined(separator: " and ") }
}

/// A backup that was made.
struct BackupRecord: Record {
  let backup: BackupFile
  /// The path of the file with the keys.
  let keys: String?

  init(_ backup: BackupFile, keys: String?) { (self.backup, self.keys) = (backup, keys) }

  static let columns: [Column<Self>] = [
    .data("file") { $0.backup.path },
    .data("bytes") { $0.backup.byteCount },
    .data("sha256") { $0.backup.sha256 },
    .data("store") { $0.backup.manifest.store },
    .data("schemaVersion") { $0.backup.manifest.schemaVersion },
    .data("madeAt") { $0.backup.manifest.madeAt },
    .data("row") { $0.backup.manifest.head.row },
    .data("lookupKeys") { $0.backup.manifest.lookupKeys },
    .data("sealKeys") { $0.backup.manifest.sealKeys },
    .data("keysFile") { $0.keys },
  ]
}
