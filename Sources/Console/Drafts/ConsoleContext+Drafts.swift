import Administration

extension ConsoleContext {
  /// Keeps what is pending for when the user comes back. Returns how many pages that was; none of who is no
  /// user, or may no longer be here.
  package func keep(_ drafts: [Draft]) -> Int {
    let documents = drafts.map {
      (place: $0.place.rawValue, title: $0.title, document: $0.pending.document)
    }
    return (try? administration.keepDrafts(documents)) ?? 0
  }
}
