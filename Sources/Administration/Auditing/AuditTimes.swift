package import Access

/// Finds in the times of the audit log's rows what somebody should look at: long gaps, and times that run
/// backwards.
package struct AuditTimes: Hashable, Sendable {
  /// A row, and the row before it.
  package struct Step: Hashable, Sendable {
    package let row: Int64
    package let at: Timestamp
    package let previousRow: Int64
    package let previousAt: Timestamp

    package init(row: Int64, at: Timestamp, previousRow: Int64, previousAt: Timestamp) {
      self.row = row
      self.at = at
      self.previousRow = previousRow
      self.previousAt = previousAt
    }

    private var isBackward: Bool { at < previousAt }

    /// The step in words, as in `row 7 (2026-11-24T12:00:00Z) is from before row 6 (9999-12-31T00:00:00Z)`.
    package var text: String {
      isBackward
        ? "row \(row) (\(at)) is from before row \(previousRow) (\(previousAt))"
        : "nothing is recorded between row \(previousRow) (\(previousAt)) and row \(row) (\(at))"
    }
  }

  /// The latest gaps of more than a day, and how many there are.
  package private(set) var gaps: [Step] = []
  package private(set) var gapCount = 0
  /// The latest rows whose time is before the time of the row before them, and how many there are.
  package private(set) var backward: [Step] = []
  package private(set) var backwardCount = 0
  private var last: AuditHead?

  /// The most steps of either kind that are listed.
  package static let mostTold = 5

  package init(behind checkpoint: AuditHead? = nil) { last = checkpoint }

  mutating func add(_ head: AuditHead) {
    defer { last = head }
    guard let last, !SettledTime.follows(head.at, after: last.at) else { return }
    let step = Step(row: head.sequence, at: head.at, previousRow: last.sequence, previousAt: last.at)
    if head.at < last.at {
      backwardCount += 1
      Self.keep(step, in: &backward)
    } else {
      gapCount += 1
      Self.keep(step, in: &gaps)
    }
  }

  private static func keep(_ step: Step, in steps: inout [Step]) {
    if steps.count == mostTold { steps.removeFirst() }
    steps.append(step)
  }

  /// The sentences that somebody should read, the latest step last.
  package var backwardTexts: [String] { Self.texts(backward, backwardCount, "times run backwards: ") }
  package var gapTexts: [String] { Self.texts(gaps, gapCount, "more than a day without a row: ") }

  private static func texts(_ steps: [Step], _ count: Int, _ lead: String) -> [String] {
    let left = count - steps.count
    let more = left > 0 ? [lead + "\(left) more, earlier in the log"] : []
    return more + steps.map { lead + $0.text }
  }
}
