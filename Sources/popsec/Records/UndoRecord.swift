import Access
import Administration
import Store

/// One of one's own changes, as JSON. The keys are what scripts rely on.
struct UndoEntryRecord: Encodable {
  let number: Int64
  let time: String
  let title: String
  let canBeUndone: Bool
  /// Why it can't be undone; null where it could be, or was.
  let obstacle: Nullable<String>
  /// Whether it took something back itself.
  let isUndo: Bool
  /// The number of the change that took it back.
  let undoneBy: Nullable<Int64>

  init(_ entry: UndoEntry) {
    number = entry.number
    time = entry.at.description
    title = entry.title
    canBeUndone = entry.canBeUndone
    obstacle = Nullable(entry.obstacle)
    isUndo = entry.isUndo
    undoneBy = Nullable(entry.undoneBy)
  }
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
