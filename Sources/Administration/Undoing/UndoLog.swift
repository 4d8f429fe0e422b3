private import Foundation
internal import Access
internal import Store

/// What a transaction has changed so far, to be taken back later.
///
/// Beyond ``mostSteps`` it only counts: so large a transaction can't be undone, and costs nothing more.
final class UndoLog {
  /// The most steps that are kept of one transaction to be undone.
  static let mostSteps = 2_000
  /// The most that are kept of one that may have to wait for a second person.
  static let mostProposedSteps = 20_000
  /// The most bytes of what waits for a second person.
  static let mostBytes = 8_000_000
  /// The most bytes of the details of the rows by which something is undone: its steps, and as words several times as
  /// much.
  static let mostRowBytes = 64_000_000
  /// How many entries of one operator are kept, and for how many days.
  static let mostEntries = 200
  static let keptDays: Int64 = 30

  private let isKept: Bool
  private let mostKept: Int
  /// Whether what is deleted is kept with what it had: where somebody may have to look at it first.
  let keepsHoldings: Bool
  private(set) var steps: [UndoStep] = []
  private(set) var count = 0
  private var byteCount = 0
  /// The first thing that was done.
  private(set) var first: UndoStep?
  /// The entry that is being undone.
  var undoes: UndoEntry?

  /// - Parameter mayWait: whether it may have to wait for a second person, and then be done by its steps.
  init(isKept: Bool, mayWait: Bool = false) {
    self.isKept = isKept
    keepsHoldings = mayWait
    mostKept = mayWait ? Self.mostProposedSteps : Self.mostSteps
  }

  func add(_ step: UndoStep, byteCount: Int) {
    guard isKept, step.isAside != true else { return }
    count += 1
    if first == nil { first = step }
    guard count <= mostKept else {
      steps = []
      return
    }
    self.byteCount += byteCount
    steps.append(step)
  }

  /// What was done, in words; nil where nothing was changed.
  var title: String? { undoes.map(\.titleOfUndoing) ?? content?.title }

  /// Nil where nothing was changed.
  var content: Content? {
    guard isKept, let first else { return nil }
    let others = count - 1
    let title =
      first.doneWords + (others > 0 ? " and \(others) more \(others == 1 ? "change" : "changes")" : "")
    if count > Self.mostSteps {
      return Content(title: title, obstacle: "it is of more than \(Self.mostSteps) changes")
    }
    if steps.allSatisfy(\.isFinal) { return Content(title: title, obstacle: first.finality) }
    guard byteCount <= Self.mostRowBytes else {
      return Content(title: title, obstacle: "it is too large to be kept")
    }
    return Content(title: title)
  }

  /// The steps, for the transaction to be carried out another time; nil where they are too many, or one of them
  /// can't be.
  var proposed: [UndoStep]? { count == steps.count && !steps.contains(where: \.cannotWait) ? steps : nil }

  struct Content {
    let title: String
    var obstacle: String?
  }

  /// Steps as a document.
  static func document(of steps: [UndoStep]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(steps), as: UTF8.self)
  }

  /// The steps that a document holds; nil where it can't be read.
  static func steps(of document: String) -> [UndoStep]? {
    try? JSONDecoder().decode([UndoStep].self, from: Data(document.utf8))
  }
}

extension UndoStep {
  /// The same before it is done: no Token ID is given yet.
  fileprivate var withoutTokenID: UndoStep {
    guard case .token(let id, let account, let owner, _, let turn) = change else { return self }
    return UndoStep(
      name: name, change: .token(id: id, account: account, owner: owner, issued: nil, turn: turn))
  }
}

extension Change {
  /// Keeps where the rows are by which this transaction can be taken back.
  func keepUndo() throws {
    guard let content = undoLog.content, let last = ledger.last, let number = ledger.firstSequence else {
      return
    }
    let undone = undoLog.undoes
    let entry = UndoEntry(
      number: number, lastSequence: last.sequence, at: now, owner: undoOwner,
      title: undoLog.title ?? content.title, obstacle: content.obstacle,
      isUndo: undone.map { !$0.isUndo } ?? false)
    try writer.put(
      entry, keepingLast: UndoLog.mostEntries,
      purging: settledTime?.purging(keptDays: UndoLog.keptDays))
    if let undone { try writer.markUndone(undone.number, by: number) }
  }

  /// Keeps what entries did beside them, as far as it stands in rows of the audit log up to that one, which go. What
  /// can't be read is left: it can't be undone anyway.
  func keepUndo(upTo sequence: Int64) throws {
    for entry in try writer.undoEntries(upTo: sequence)
    where try entry.canBeUndone && writer.undoDocument(entry.number) == nil {
      guard let steps = try writer.steps(of: entry) else { continue }
      try writer.setDocument(try UndoLog.document(of: steps), of: entry.number)
    }
  }

  var undoOwner: UndoOwner { operating.undoOwner }
}

extension Operator {
  /// Whose changes are one's own.
  var undoOwner: UndoOwner { user.map(UndoOwner.user) ?? .actor(actor.name) }
}

extension UndoEntry {
  /// Why it can't be undone, or not any more; nil where it can.
  package var whyNot: String? { obstacle ?? undoneBy.map { _ in "undone already" } }

  private static var undone: String { "undid: " }
  private static var redone: String { "did again: " }

  /// What undoing it is called.
  package var titleOfUndoing: String {
    let plain = [Self.undone, Self.redone].reduce(title) {
      $0.hasPrefix($1) ? String($0.dropFirst($1.count)) : $0
    }
    return (isUndo ? Self.redone : Self.undone) + plain
  }
}
