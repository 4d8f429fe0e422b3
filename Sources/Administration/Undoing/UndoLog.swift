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
  /// The most bytes of them as JSON.
  static let mostBytes = 8_000_000
  /// How many entries of one operator are kept, and for how many days.
  static let mostEntries = 200
  static let keptDays: Int64 = 30

  private let isKept: Bool
  private let mostKept: Int
  /// Whether what is deleted is kept with what it had: where somebody may have to look at it first.
  let keepsHoldings: Bool
  private(set) var steps: [UndoStep] = []
  private(set) var count = 0
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

  func add(_ name: @autoclosure () -> String, _ change: @autoclosure () throws -> UndoStep.Change) rethrows {
    guard isKept else { return }
    count += 1
    guard count <= mostKept else {
      steps = []
      return
    }
    let step = UndoStep(name: name(), change: try change())
    steps.append(step)
    if first == nil { first = step }
  }

  /// Whether a step that is added now would be kept: what it costs to make is saved where not.
  var takesMore: Bool { isKept && count < mostKept }

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
    guard let data = try? Self.encoder.encode(steps), data.count <= Self.mostBytes else {
      return Content(title: title, obstacle: "it is too large to be kept")
    }
    return Content(title: title, document: String(decoding: data, as: UTF8.self))
  }

  /// The steps, for the transaction to be carried out another time; nil where they are too many, or one of them
  /// can't be.
  var proposed: [UndoStep]? { count == steps.count && !steps.contains(where: \.cannotWait) ? steps : nil }

  struct Content {
    let title: String
    var document: String?
    var obstacle: String?
  }

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }

  /// The steps that a document holds; nil where it can't be read.
  static func steps(of document: String) -> [UndoStep]? {
    try? JSONDecoder().decode([UndoStep].self, from: Data(document.utf8))
  }
}

extension Change {
  /// Keeps what takes this transaction back, with it.
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
      entry, document: content.document, keepingLast: UndoLog.mostEntries,
      purging: settledTime?.purging(keptDays: UndoLog.keptDays))
    if let undone { try writer.markUndone(undone.number, by: number) }
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
