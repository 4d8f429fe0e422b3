private import Foundation
internal import Access
internal import Store

/// Collects what a transaction changes, so that the transaction can be undone later.
///
/// Beyond ``mostSteps`` the log only counts steps: so large a transaction can't be undone, and takes no more
/// memory.
final class UndoLog {
  /// The most steps of one transaction that are kept for undoing.
  static let mostSteps = 2_000
  /// The most steps that are kept of a transaction that may have to wait for a second person.
  static let mostProposedSteps = 20_000
  /// The most bytes of a document of steps that waits for a second person.
  static let mostBytes = 8_000_000
  /// The most bytes of the details of the rows by which a transaction is undone. The details hold the steps,
  /// and the words about them, which take several times as much.
  static let mostRowBytes = 64_000_000
  /// How many entries of one operator are kept, and for how many days at most.
  static let mostEntries = 200
  static let keptDays: Int64 = 30

  private let isKept: Bool
  private let mostKept: Int
  /// Whether a deleted thing is kept with what it had, because somebody may have to look at the thing first.
  let keepsHoldings: Bool
  private(set) var steps: [UndoStep] = []
  private(set) var count = 0
  private var byteCount = 0
  /// The first step of the transaction.
  private(set) var first: UndoStep?
  /// The entry that this transaction undoes.
  var undoes: UndoEntry?

  /// - Parameter mayWait: whether the transaction may have to wait for a second person, and then be carried
  ///   out from its steps.
  init(isKept: Bool, mayWait: Bool = false) {
    self.isKept = isKept
    keepsHoldings = mayWait
    mostKept = mayWait ? Self.mostProposedSteps : Self.mostSteps
  }

  func add(_ step: UndoStep, byteCount: Int) {
    guard step.isAside != true else { return }
    count += 1
    if first == nil { first = step }
    guard isKept else { return }
    guard count <= mostKept else {
      steps = []
      return
    }
    self.byteCount += byteCount
    steps.append(step)
  }

  /// The words for what the transaction did; nil where nothing was changed.
  var title: String? { undoes.map(\.titleOfUndoing) ?? titleOfSteps }

  private var titleOfSteps: String? {
    guard let first else { return nil }
    let others = count - 1
    return first.doneWords + (others > 0 ? " and \(others) more \(others == 1 ? "change" : "changes")" : "")
  }

  /// What is kept of the transaction; nil where nothing was changed.
  var content: Content? {
    guard isKept, let first, let title = titleOfSteps else { return nil }
    if count > Self.mostSteps {
      return Content(title: title, obstacle: "it is of more than \(Self.mostSteps) changes")
    }
    if steps.allSatisfy(\.isFinal) { return Content(title: title, obstacle: first.finality) }
    guard byteCount <= Self.mostRowBytes else {
      return Content(title: title, obstacle: "it is too large to be kept")
    }
    return Content(title: title)
  }

  /// The steps with which the transaction can be carried out later; nil where there are too many, or where
  /// one of them can't wait.
  var proposed: [UndoStep]? { count == steps.count && !steps.contains(where: \.cannotWait) ? steps : nil }

  struct Content {
    let title: String
    var obstacle: String?
  }

  /// The document that holds these steps.
  static func document(of steps: [UndoStep]) throws -> String {
    try SortedJSON.encode(steps)
  }

  /// The steps that a document holds; nil where it can't be read.
  static func steps(of document: String) -> [UndoStep]? {
    try? JSONDecoder().decode([UndoStep].self, from: Data(document.utf8))
  }
}

extension UndoStep {
  /// The step as it is before anybody carries it out, when no Token ID has been made yet.
  fileprivate var withoutTokenID: UndoStep {
    guard case .token(let id, let account, let owner, _, let turn) = change else { return self }
    return UndoStep(
      name: name, change: .token(id: id, account: account, owner: owner, issued: nil, turn: turn))
  }
}

extension Change {
  /// Keeps the numbers of the audit rows from which this transaction can be undone.
  func keepUndo() throws {
    guard let content = undoLog.content, let last = ledger.last, let number = undoNumber else { return }
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

  /// Copies the steps of entries out of the audit rows up to this one, because these rows are about to be
  /// archived. An entry whose steps can't be read is skipped, because it can't be undone anyway.
  func keepUndo(upTo sequence: Int64) throws {
    for entry in try writer.undoEntries(upTo: sequence)
    where try entry.canBeUndone && writer.undoDocument(entry.number) == nil {
      guard let steps = try writer.steps(of: entry) else { continue }
      try writer.setDocument(try UndoLog.document(of: steps), of: entry.number)
    }
  }

  var undoOwner: UndoOwner { operating.undoOwner }

  /// The number by which the change is undone: that of its first audit row. Nil where nothing is there to undo.
  var undoNumber: Int64? { undoLog.content == nil ? nil : ledger.firstSequence }
}

extension Operator {
  /// The owner under whom the operator's own changes are kept.
  var undoOwner: UndoOwner { user.map(UndoOwner.user) ?? .actor(actor.name) }
}

extension UndoEntry {
  /// The reason why the change can't be undone; nil where it can be.
  package var whyNot: String? { obstacle ?? undoneBy.map { _ in "undone already" } }

  private static var undone: String { "undid: " }
  private static var redone: String { "did again: " }

  /// The title of the change that undoes this one.
  package var titleOfUndoing: String {
    let plain = [Self.undone, Self.redone].reduce(title) {
      $0.hasPrefix($1) ? String($0.dropFirst($1.count)) : $0
    }
    return (isUndo ? Self.redone : Self.undone) + plain
  }
}
