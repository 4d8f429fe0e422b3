import Access
import Administration
import Store

/// One of the operator's own changes.
struct UndoEntryRecord: Record {
  let entry: UndoEntry

  static let columns: [Column<Self>] = [
    Column("number", "Number", alignsRight: true) { $0.entry.number },
    Column("time", "Time (UTC)", { $0.entry.at.printed }) { $0.entry.at.minute },
    Column("title", "What you did") { $0.entry.title },
    Column("canBeUndone", "Undo", { $0.entry.canBeUndone }) {
      $0.entry.whyNot ?? "yes, unless the same was changed since"
    },
    // The reason why the change can't be undone; null where it can be, or already was.
    .data("obstacle") { $0.entry.obstacle },
    // Whether the change is itself an undoing.
    .data("isUndo") { $0.entry.isUndo },
    // The number of the change that undid this one.
    .data("undoneBy") { $0.entry.undoneBy },
  ]
}

/// The result of an undoing, as JSON.
struct UndoRecord: PrintedObject {
  let number: Int64
  let time: Instant
  let title: String
  /// The changes that the undoing made, in words.
  let did: [String]
  /// Whether a part of the undoing can't be undone in turn.
  let isFinal: Bool

  static let columns: [Column<Self>] = [
    .data("number") { $0.number },
    .data("time") { $0.time },
    .data("title") { $0.title },
    .data("did") { $0.did },
    .data("isFinal") { $0.isFinal },
  ]

  init(_ preview: UndoPreview) {
    number = preview.entry.number
    time = preview.entry.at.printed
    title = preview.entry.title
    did = preview.lines
    isFinal = preview.isFinal
  }
}
