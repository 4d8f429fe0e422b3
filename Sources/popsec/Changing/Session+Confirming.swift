import Access
import Administration

/// The effect of a change on who may see what, or the reason why there is none.
struct TriedEffect {
  let effect: AccessEffect?
  let obstacle: String?

  init(_ effect: AccessEffect?, obstacle: String? = nil) { (self.effect, self.obstacle) = (effect, obstacle) }

  /// Computes an effect. A person who may look at a change need not be able to make it: then the effect is
  /// missing, and the reason is told in its place.
  init(_ body: () throws -> AccessEffect) throws {
    do { self.init(try body()) } catch let complaint as any Complaint {
      self.init(nil, obstacle: complaint.message)
    }
  }
}

extension Session {
  /// The number of lines of an effect that are shown before a question.
  static var shownLines: Int { 50 }

  /// Shows a change with its effect, makes sure that it is meant, and makes it. All commands that show an
  /// effect first go this way.
  ///
  /// - Parameters:
  ///   - dryRun: whether the change is only shown.
  ///   - yes: whether the person said in advance that the change is meant.
  ///   - tell: prints what would be done, for people.
  /// - Returns: whether the change was made; false where it was only shown.
  func carryOut(
    _ effect: TriedEffect, asking question: Question, dryRun: Bool = false, yes: Bool,
    limit: Int = shownLines, telling tell: () throws -> Void, making make: (Administration) throws -> Void
  ) throws -> Bool {
    try output.requireNoColumns()
    if !isForPrograms {
      try tell()
      try tellEffect(effect.effect, obstacle: effect.obstacle, limit: limit)
      try output.flush()
    }
    guard !dryRun else { return false }
    try question.confirm(yes: yes)
    try changing(make)
    return true
  }
}
