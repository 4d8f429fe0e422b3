import Access

extension LawKind {
  /// What such a law says.
  var meaning: String {
    switch self {
    case .never: "none of them can see any of this"
    case .apart: "none of them can see both of this"
    case .within: "they see only what a team is granted"
    case .tokens: "their tokens end, or are limited"
    case .owned: "each of them has an owner"
    }
  }
}
