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
