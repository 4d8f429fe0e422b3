internal import Access

extension Law<AsWritten> {
  /// Whether the law may refuse what another one of its name does not. It does not where it only watches, or where both
  /// say the same and its exceptions are the same or more, or longer.
  func saysMore(than other: Law<AsWritten>) -> Bool {
    if mode == .watch { return false }
    let excusesAsMuch = other.exceptions.allSatisfy { excepted in
      exceptions[excepted.key].map { $0 >= excepted.value } ?? false
    }
    return other.mode == .watch || form != other.form || !excusesAsMuch
  }
}
