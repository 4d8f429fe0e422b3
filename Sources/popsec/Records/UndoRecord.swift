import Access
import Administration
import Store

/// One of one's own changes.
struct UndoEntryRecord: Record {
  let entry: UndoEntry

  static let columns: [Column<Self>] = [
    Column("number", "Number", alignsRight: true) { $0.entry.number },
    Column("time", "Time (UTC)", { $0.entry.at.description }) { $0.entry.at.minute },
    Column("title", "What you did") { $0.entry.title },
    Column("canBeUndone", "Undo", { $0.entry.canBeUndone }) {
      $0.entry.whyNot ?? "yes, unless the same was changed since"
    },
    // Why it can't be undone; null where it could be, or was.
    .data("obstacle") { $0.entry.obstacle },
    // Whether it took something back itself.
    .data("isUndo") { $0.entry.isUndo },
    // The number of the change that took it back.
    .data("undoneBy") { $0.entry.undoneBy },
  ]
}

/// What was undone, as JSON.
struct UndoRecord: Encodable {
  let number: Int64
  let time: String
  let title: String
  /// What was done for it, in words.
  let did: [String]
  /// Whether some of that can't be undone in turn.
  let isFinal: Bool

  init(_ preview: UndoPreview) {
    number = preview.entry.number
    time = preview.entry.at.description
    title = preview.entry.title
    did = preview.lines
    isFinal = preview.isFinal
  }
}
