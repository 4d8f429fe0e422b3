package import Access

/// The way in which a text for people writes instants. Commands write them in UTC, the console in its own zone.
package struct TimeWords: Sendable {
  /// Writes an instant in the middle of a sentence, as in `2026-11-27 18:00 UTC`.
  package let told: @Sendable (Timestamp) -> String
  /// Writes an instant that stands alone beside its title.
  package let fact: @Sendable (Timestamp) -> String
  /// Writes an instant that stands alone, to the second.
  package let exact: @Sendable (Timestamp) -> String
  /// The end of the title of an instant that stands alone, as in ` (UTC)`. It is empty where the instant itself
  /// names its zone.
  package let suffix: String

  package init(
    told: @escaping @Sendable (Timestamp) -> String, fact: @escaping @Sendable (Timestamp) -> String,
    exact: @escaping @Sendable (Timestamp) -> String, suffix: String = ""
  ) {
    self.told = told
    self.fact = fact
    self.exact = exact
    self.suffix = suffix
  }

  package static let utc = TimeWords(
    told: { $0.minute + " UTC" }, fact: { $0.minute }, exact: { $0.description }, suffix: " (UTC)")

  /// The title of an instant that stands alone, as in `Asked (UTC)`.
  func titled(_ title: String) -> String { title + suffix }
}
