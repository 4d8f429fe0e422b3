/// What could be seen together: each thing of a first box with each thing of its partners.
struct SeenTogether {
  struct First {
    let box: SightBox
    /// The places of the partners in ``SeenTogether/seconds``.
    let partners: Set<Int>
  }

  let firsts: [First]
  let seconds: [SightBox]
}

/// Looks for a thing of one box, and a thing of another one, that could not be seen together before.
struct DoubleSearch {
  let ground: LawGround
  let other: SightBox
  let past: SeenTogether

  /// One such pair of things; nil where there is none. What exists goes before what may come.
  ///
  /// - Parameter going: called often. An error that the closure throws ends the search.
  func things(of one: SightBox, _ going: () throws -> Void) rethrows -> (one: SeenThing, other: SeenThing)? {
    try second(avoiding: []).flatMap { try things(of: one, $0, going) }
  }

  /// A thing of the other box that none of these partners has.
  private struct Second {
    let thing: SeenThing
    let avoided: Set<Int>
  }

  private func second(avoiding partners: Set<Int>) -> Second? {
    let boxes = partners.sorted().map { past.seconds[$0] }
    return ground.thing(of: other, outside: boxes[...]).map { Second(thing: $0, avoided: partners) }
  }

  /// Cuts the box by a first one of the past that has other partners, until none is left.
  private func things(
    of one: SightBox, _ second: Second, _ going: () throws -> Void
  ) rethrows -> (one: SeenThing, other: SeenThing)? {
    try going()
    let firsts = past.firsts.lazy.filter { !$0.partners.isSubset(of: second.avoided) }
    guard
      let first = firsts.first(where: { one.isCovered(by: $0.box) })
        ?? firsts.first(where: { one.overlaps($0.box) })
    else { return ground.thing(of: one, outside: []).map { ($0, second.thing) } }
    var parts = one.pieces(outside: first.box).map { (box: $0, second: second) }
    if let common = one.intersection(first.box),
      let second = self.second(avoiding: second.avoided.union(first.partners))
    {
      parts.append((common, second))
    }
    var found: (one: SeenThing, other: SeenThing)?
    for part in parts {
      guard let things = try things(of: part.box, part.second, going) else { continue }
      if things.one.exists && things.other.exists { return things }
      found = found ?? things
    }
    return found
  }
}
