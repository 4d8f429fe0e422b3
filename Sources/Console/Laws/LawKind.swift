import Access

/// The form of a law. The raw values are the words of the security file.
enum LawKind: String, Hashable, Sendable, CaseIterable {
  case never, apart, within, tokens, owned

  init(_ form: LawForm<AsWritten>) {
    self =
      switch form {
      case .never: .never
      case .apart: .apart
      case .within: .within
      case .tokens: .tokens
      case .owned: .owned
      }
  }

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
