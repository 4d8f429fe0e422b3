import Access
import Administration
import Store
import Terminal

extension AccountOrder {
  /// As in `by next expiry`.
  var title: String {
    switch self {
    case .name: "name"
    case .expiry: "next expiry"
    case .lastUse: "last use"
    case .state: "state"
    }
  }

  /// The name of sorting by it in a person's settings.
  var actionName: String { Self.actionNames[self] ?? "sort-by-" + rawValue }

  /// All names are made once, because each key asks for them.
  private static let actionNames = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, "sort-by-" + KeyBinding<Never>.id(of: $0.title)) })

  /// The key that sorts by it.
  var key: Key {
    switch self {
    case .name: "1"
    case .expiry: "2"
    case .lastUse: "3"
    case .state: "4"
    }
  }
}
