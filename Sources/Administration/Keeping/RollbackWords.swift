internal import Access
internal import Store

extension Administration {
  /// The effect of restoring a backup on the store's history, told by the heads of the audit log.
  func rollbackWords(to manifest: BackupManifest) throws -> String {
    let present = try presentState().head
    let row = manifest.head.row
    let isKnown = try hasRow(row, withHash: manifest.head.hash)
    let last = present.map { "row \($0.sequence) (\($0.at))" } ?? "an empty audit log"
    let back = "row \(row) (\(manifest.head.at))"
    switch isKnown {
    case true?:
      let count = (present?.sequence ?? row) - row
      let undone = count == 1 ? "1 row is undone" : "\(count) rows are undone"
      return "this rolls the store back from \(last) to \(back): \(undone)"
    case false?:
      return
        "this puts the store from \(last) to \(back), which is another than the store's own row \(row): it was "
        + "rolled back before"
    case nil: return "this puts the store from \(last) to \(back), a row that the store does not have"
    }
  }
}

extension SentAuditHead {
  /// What a restore loses, judged by the heads that were sent elsewhere; nothing where they are not known.
  static func words(_ sent: [SentAuditHead]?, restoredTo head: AuditHead) -> [String] {
    guard let last = sent?.max(by: { $0.head.sequence < $1.head.sequence })?.head else { return [] }
    guard last.sequence > head.sequence else {
      return ["no row after \(head.sequence) was sent to the system's log"]
    }
    return [
      "the system's log knows of rows up to \(last.sequence) (\(last.at)): those from \(head.sequence + 1) on are "
        + "not in the backup"
    ]
  }
}
