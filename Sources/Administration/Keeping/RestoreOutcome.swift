internal import Access

/// A backup that was verified as a whole.
package struct RestorableBackup: Sendable {
  /// Its file, for messages.
  package let name: String
  package let manifest: BackupManifest
  /// By which the audit log may know it.
  package let identity: BackupIdentity

  /// - Parameter sha256: of the whole file, in hexadecimal digits.
  package init(name: String, manifest: BackupManifest, sha256: String) {
    self.name = name
    self.manifest = manifest
    identity = BackupIdentity(sha256: sha256, madeAt: Timestamp(manifest.madeAt))
  }
}

/// What was restored.
package struct RestoreOutcome: Sendable {
  /// Of the restored store.
  package let folder: String
  package let manifest: BackupManifest
  /// The last row of the audit log of what was replaced; nil where nothing was.
  package let replacedRow: Int64?
  /// Where what was replaced is kept.
  package let kept: String?
  /// What else there is to know, in words.
  package let notes: [String]

  /// For people.
  package var lines: [String] {
    var lines = [
      "restored the store \(manifest.store) at \(folder), as it was at \(manifest.madeAt), row \(manifest.head.row) "
        + "of its audit log"
    ]
    if let kept { lines.append("what it held before is kept in \(kept)") }
    return lines + notes
  }
}
