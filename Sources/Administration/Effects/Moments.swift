internal import Access

/// What an account reaches at an instant, before and after a change.
struct Moment {
  let at: Timestamp
  let was: AccountReach
  let becomes: AccountReach
}

/// Those at which something may become another, the present one first.
struct Moments {
  let present: Moment
  let later: [Moment]

  /// The most later instants that are looked at.
  static let most = 32

  var all: [Moment] { [present] + later }

  /// The first time in which each thing is among those of a moment: from one moment up to the next without it.
  func times<Thing: Hashable>(_ things: (Moment) -> Set<Thing>) -> [Thing: Bounds] {
    var times: [Thing: Bounds] = [:]
    var open: [Thing: Timestamp?] = [:]
    for moment in all {
      let present = things(moment)
      for (thing, start) in open where !present.contains(thing) {
        open[thing] = nil
        // A moment comes after the one before.
        times[thing] = (try? Bounds(from: start, until: moment.at)) ?? Bounds(until: moment.at)
      }
      for thing in present where open[thing] == nil && times[thing] == nil {
        open[thing] = .some(moment.at == self.present.at ? nil : moment.at)
      }
    }
    for (thing, start) in open { times[thing] = (try? Bounds(from: start)) ?? .always }
    return times
  }
}
