/// Denials that wait to be written, within a bound. Where the shelf is full, a denial of a known token
/// replaces one without, because anybody can cause denials without a token, as often as they like.
package struct DenialShelf: Sendable {
  package let capacity: Int
  package private(set) var denials: [PendingDenial] = []
  /// The number of denials that were put and dropped.
  package private(set) var dropped = 0
  private var knownCount = 0

  package init(capacity: Int) { self.capacity = capacity }

  /// Puts a denial. The denial is made only where there is room for it.
  mutating func put(isOfKnownToken: Bool, _ denial: () -> PendingDenial) {
    if denials.count >= capacity {
      dropped += 1
      guard isOfKnownToken, knownCount < denials.count,
        let place = denials.lastIndex(where: { !$0.isOfKnownToken })
      else { return }
      denials.remove(at: place)
    }
    denials.append(denial())
    if isOfKnownToken { knownCount += 1 }
  }

  /// Puts the denials of another shelf, and adds the number that it dropped.
  mutating func put(_ other: DenialShelf) {
    dropped += other.dropped
    for denial in other.denials { put(isOfKnownToken: denial.isOfKnownToken) { denial } }
  }
}
