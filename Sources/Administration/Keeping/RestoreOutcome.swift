internal import Access

/// A backup that was verified completely.
package struct RestorableBackup: Sendable {
  /// The name of the file, for messages.
  package let name: String
  package let manifest: BackupManifest
  /// The properties by which the audit log may know the backup.
  package let identity: BackupIdentity

  /// - Parameter sha256: the SHA-256 of the whole file, in hexadecimal digits.
  package init(name: String, manifest: BackupManifest, sha256: String) {
    self.name = name
    self.manifest = manifest
    identity = BackupIdentity(sha256: sha256, madeAt: Timestamp(manifest.madeAt))
  }
}

/// The result of a restore.
package struct RestoreOutcome: Sendable {
  /// The folder of the restored store.
  package let folder: String
  package let manifest: BackupManifest
  /// The last audit row of the replaced state; nil where nothing was replaced.
  package let replacedRow: Int64?
  /// The path at which the replaced state is kept.
  package let kept: String?
  /// Notes for people.
  package let notes: [String]

  /// The result in lines for people.
  package var lines: [String] {
    var lines = [
      "restored the store \(manifest.store) at \(folder), as it was at \(manifest.madeAt), row \(manifest.head.row) "
        + "of its audit log"
    ]
    if let kept { lines.append("what it held before is kept in \(kept)") }
    return lines + notes
  }
}
