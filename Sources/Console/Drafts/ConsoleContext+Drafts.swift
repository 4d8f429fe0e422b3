import Administration

extension ConsoleContext {
  /// Keeps pending edits until the user comes back, and returns the number of pages that were kept. The
  /// number is 0 where the operator is no user, or may no longer use the console.
  package func keep(_ drafts: [Draft]) -> Int {
    let documents = drafts.map {
      (place: $0.place.rawValue, title: $0.title, document: $0.pending.document)
    }
    return (try? administration.keepDrafts(documents)) ?? 0
  }
}
