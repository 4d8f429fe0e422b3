import Access
import Administration
import Store

/// A law of the list, with what the last look at it found.
struct LawRow: Identifiable, Sendable {
  let law: Law<AsWritten>
  /// Nil before anybody looked.
  let look: Result<LawLook, Problem>?

  var id: String { NameKey(law.name).text }
  var words: LawWords { LawWords(law) }
  var standing: LawStandingText { LawStandingText(look: look, isWatching: law.mode == .watch) }

  /// The sooner it should be looked at, the smaller.
  fileprivate var urgency: Int {
    switch look.map({ $0.map(\.standing) }) {
    case .success(.broken): law.mode == .enforce ? 0 : 1
    case .failure: 2
    case .success(.unfinished): 3
    case nil: 4
    case .success(.holds): 5
    }
  }
}

/// The order of the list of laws. The raw values are the ids of the columns.
enum LawOrder: String, Hashable, Sendable, CaseIterable {
  case name, mode, rule, state

  var title: String {
    switch self {
    case .name: "name"
    case .mode: "mode"
    case .rule: "form"
    case .state: "state"
    }
  }

  /// Of laws that are equal in this order, the names decide.
  func sorted(_ rows: [LawRow], isDescending: Bool) -> [LawRow] {
    let sorted = rows.sorted { left, right in
      switch self {
      case .name: left.id < right.id
      case .mode: (left.law.mode.rawValue, left.id) < (right.law.mode.rawValue, right.id)
      case .rule: (left.words.form, left.id) < (right.words.form, right.id)
      case .state: (left.urgency, left.id) < (right.urgency, right.id)
      }
    }
    return isDescending ? sorted.reversed() : sorted
  }
}
