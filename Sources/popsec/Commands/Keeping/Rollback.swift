import Access
import Administration
import Foundation

/// What putting a store back to a backup does to its history, told by the ends of the audit log.
struct Rollback {
  let text: String

  init(_ manifest: BackupManifest, _ administration: Administration) throws {
    let present = try administration.presentState().head
    let row = manifest.head.row
    let isKnown = try administration.hasRow(row, withHash: manifest.head.hash)
    let last = present.map { "row \($0.sequence) (\($0.at))" } ?? "an empty audit log"
    let back = "row \(row) (\(manifest.head.at))"
    text =
      switch isKnown {
      case true?:
        "this rolls the store back from \(last) to \(back): \(Self.undone((present?.sequence ?? row) - row))"
      case false?:
        "this puts the store from \(last) to \(back), which is another than the store's own row \(row): it was "
          + "rolled back before"
      case nil: "this puts the store from \(last) to \(back), a row that the store does not have"
      }
  }
}

extension Rollback {
  private static func undone(_ count: Int64) -> String {
    count == 1 ? "1 row is undone" : "\(count) rows are undone"
  }
}

/// Heads of the audit log that were kept elsewhere.
enum SentHeads {
  static func read(_ path: String) throws -> [SentAuditHead] {
    let file = InputFile(path: path)
    let text = String(decoding: try file.bytes(), as: UTF8.self)
    let heads = text.split(separator: "\n").compactMap { SentAuditHead(line: $0) }
    guard !heads.isEmpty else {
      throw Trouble(
        "\(file.name) has no line with a head of the audit log",
        hint: "they read: popsec audit head ROW HASH TIME signed KEY SIGNATURE", exitStatus: .badData)
    }
    return heads
  }

  /// What restoring loses by what was sent.
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
