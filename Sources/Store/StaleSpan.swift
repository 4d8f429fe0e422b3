package import Access

/// What one gate answered by what it knew, while the database of its store was out of reach: from the first such answer
/// to the last one.
package struct StaleSpan: Hashable, Sendable {
  /// Chosen by the gate, so that a span that is written twice is one.
  package let id: Identifier<StaleSpan>
  /// The gate's host, as the host names itself.
  package let host: Name
  /// The number of the gate's process on that host.
  package let process: Int
  package let firstAt: Timestamp
  package let lastAt: Timestamp
  /// The number of answers.
  package let count: Int

  package init(
    id: Identifier<StaleSpan>, host: Name, process: Int, firstAt: Timestamp, lastAt: Timestamp, count: Int
  ) {
    self.id = id
    self.host = host
    self.process = process
    self.firstAt = firstAt
    self.lastAt = lastAt
    self.count = count
  }
}
