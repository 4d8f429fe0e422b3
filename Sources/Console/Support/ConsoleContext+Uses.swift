import Administration

/// What a screen learns of a step of taking over uses.
struct TakenUses: Hashable, Sendable {
  let end: UseTakeOver.End
  /// ``UseTakeOver/newsCount`` after the step.
  let newsCount: Int
  /// Time for others to write between two steps, or until gates are likely to have recorded more.
  let waitMilliseconds: Int

  /// Whether all was taken over, and rows that were read after `newsCount` steps may stand in another order now.
  func alters(_ newsCount: Int) -> Bool { end != .goesOn && self.newsCount != newsCount }
}

extension ConsoleContext {
  private func waitMilliseconds(after end: UseTakeOver.End) -> Int {
    switch end {
    case .goesOn: 20
    case .held: 5_000
    case .done: useTakeOver.pauseMilliseconds(now: now)
    }
  }

  /// Takes over some of the uses that gates recorded. It changes the order of rows at most, because rows tell what gates
  /// recorded anyway. So where nobody can write now, or the records can't be read, it is tried again later.
  func takeOverSomeUses() -> TakenUses {
    let outcome = try? useTakeOver.step(administration)
    let end = outcome?.end ?? .held
    return TakenUses(
      end: end, newsCount: useTakeOver.newsCount, waitMilliseconds: waitMilliseconds(after: end))
  }
}
