/// Denials that wait to be written, within a bound. Where there is no room, those of a known token take the place of
/// others: anybody can be denied without a token, as often as they like.
package struct DenialShelf: Sendable {
  package let capacity: Int
  package private(set) var denials: [PendingDenial] = []
  /// How many were put and are not there.
  package private(set) var dropped = 0
  private var knownCount = 0

  package init(capacity: Int) { self.capacity = capacity }

  /// Puts a denial, which is made only where there is room for one.
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

  /// Puts those of another shelf, and takes over what it had to leave out.
  mutating func put(_ other: DenialShelf) {
    dropped += other.dropped
    for denial in other.denials { put(isOfKnownToken: denial.isOfKnownToken) { denial } }
  }
}
