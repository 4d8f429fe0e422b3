/// The form of a law. The raw values are the words of the security file.
package enum LawKind: String, Hashable, Sendable, CaseIterable {
  case never, apart, within, tokens, owned

  package init<Naming: LawNaming>(_ form: LawForm<Naming>) {
    self =
      switch form {
      case .never: .never
      case .apart: .apart
      case .within: .within
      case .tokens: .tokens
      case .owned: .owned
      }
  }
}
