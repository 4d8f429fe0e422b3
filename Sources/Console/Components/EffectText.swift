import Access
import Administration
import Terminal

/// A question, what follows from it, and what it does to who may see what, as lines.
struct EffectText: Sendable {
  typealias Line = (text: String, style: Style)

  static let waiting = EffectWords.waiting

  let question: String
  /// What follows from it beside its effect on access.
  let points: [String]
  /// The way in which the effect writes instants.
  let times: TimeWords
  /// Nil before it is known.
  var effect: Result<AccessEffect, Problem>?

  /// Warnings first, then the counts, then each.
  func lines(columns: Int) -> [Line] {
    let question = wrap(question, columns: columns).map { (text: $0, style: Style.plain) }
    let points = points.flatMap { Self.hanging("- ", $0, .plain, columns) }
    switch effect {
    case nil: return question + points + [("Looking what it does…", .muted)]
    case .failure(let problem):
      return question + points + Self.hanging("✗ ", problem.line, Style(.danger), columns)
    case .success(let effect):
      let all = EffectWords(effect, times).lines.map { line in
        (line.tone, Self.hanging(line.tone.sign, line.text, line.tone.style, columns))
      }
      let waits = effect.takesTwo ? Self.hanging("! ", Self.waiting, Style(.warning, .bold), columns) : []
      // However many points there are, warnings don't hide behind them.
      return question + waits + all.filter { $0.0 == .warning }.flatMap(\.1) + points
        + all.filter { $0.0 != .warning }.flatMap(\.1)
    }
  }

  private static func hanging(_ sign: String, _ text: String, _ style: Style, _ columns: Int) -> [Line] {
    wrap(text, columns: max(10, columns - 2)).enumerated().map {
      (($0.offset == 0 ? sign : "  ") + $0.element, style)
    }
  }
}

extension EffectLine.Tone {
  var sign: String {
    switch self {
    case .warning: "! "
    case .gain: "+ "
    case .loss: "- "
    case .summary: "  "
    }
  }

  var style: Style {
    switch self {
    case .warning: Style(.danger, .bold)
    case .gain: Style(.good)
    case .loss: Style(.warning)
    case .summary: .bold
    }
  }
}
