/// What could be seen of both parts of a law before, looked at for what can be seen now. What did not change is found at
/// once, so that the cost of a change goes with what it changed, and not with all that its subject has.
struct PastParts {
  private let past: BothParts
  private var ones: Half
  private var others: Half
  /// Which of the past were in force together; nil until that is asked for.
  private var meetings: Meetings?

  init(_ past: BothParts, since present: BothParts) {
    self.past = past
    ones = Half(past.ones, since: present.ones, in: present.trial.ground)
    others = Half(past.others, since: present.others, in: present.trial.ground)
  }

  /// Whether all that these two show could be seen together before. Where the answer is no, it still may be so.
  mutating func covers(_ one: Int, _ other: Int) -> Bool {
    if let first = ones.same(one), let second = others.same(other), past.meeting(first, second) != nil {
      return true
    }
    let seconds = others.covering(other)
    if !seconds.isEmpty,
      ones.covering(one).contains(where: { first in seconds.contains { past.meeting(first, $0) != nil } })
    {
      return true
    }
    let meetings = known()
    return ones.isFilled(one, by: meetings.firstsOfAll) && others.isFilled(other, by: nil)
      || ones.isFilled(one, by: nil) && others.isFilled(other, by: meetings.secondsOfAll)
  }

  /// What could be seen together before, as far as that has anything in common with what these two show.
  mutating func together(_ one: Int, _ other: Int) -> SeenTogether {
    let meetings = known()
    let (firsts, seconds) = (ones.overlapping(one), others.overlapping(other))
    // Each glimpse of the past has one box for each kind.
    var boxes: [SightBox] = []
    var places: [Range<Int>] = []
    for second in seconds {
      places.append(boxes.count..<(boxes.count + past.others[second].boxes.count))
      boxes += past.others[second].boxes
    }
    let found = firsts.flatMap { first -> [SeenTogether.First] in
      let partners = seconds.indices.filter { meetings.meet(first, seconds[$0]) }.flatMap { places[$0] }
      return partners.isEmpty
        ? [] : past.ones[first].boxes.map { SeenTogether.First(box: $0, partners: Set(partners)) }
    }
    return SeenTogether(firsts: found, seconds: boxes)
  }

  private mutating func known() -> Meetings {
    if let meetings { return meetings }
    let found = Meetings(past)
    meetings = found
    return found
  }
}

/// Which glimpses of the one part were in force together with which of the other part.
private struct Meetings {
  private let rows: [[Bool]]
  /// Those of the one part that met all of the other part.
  let firstsOfAll: Set<Int>
  /// Those of the other part that met all of the one part.
  let secondsOfAll: Set<Int>

  init(_ parts: BothParts) {
    let rows = parts.ones.indices.map { one in parts.others.indices.map { parts.meeting(one, $0) != nil } }
    self.rows = rows
    firstsOfAll = Set(rows.indices.filter { rows[$0].allSatisfy(\.self) })
    secondsOfAll = Set(parts.others.indices.filter { second in rows.allSatisfy { $0[second] } })
  }

  func meet(_ one: Int, _ other: Int) -> Bool { rows[one][other] }
}

/// The glimpses of one part, before and now. What was found of one is kept.
private struct Half {
  private struct Known {
    let same: Int?
    var covering: [Int]?
    var overlapping: [Int]?
    var isFilled: Bool?
    var isFilledBySome: Bool?
  }

  private let past: [Glimpse]
  private let present: [Glimpse]
  private let ground: LawGround
  private let byGiver: [Giver: Int]
  private var known: [Int: Known] = [:]

  init(_ past: [Glimpse], since present: [Glimpse], in ground: LawGround) {
    (self.past, self.present, self.ground) = (past, present, ground)
    byGiver = Dictionary(past.indices.map { (past[$0].giver, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The glimpse of the past by the same giver, where it shows all that this one does.
  mutating func same(_ place: Int) -> Int? { looked(place).same }

  /// The glimpses of the past of which each shows all that this one does.
  mutating func covering(_ place: Int) -> [Int] {
    if let covering = looked(place).covering { return covering }
    let covering = past.indices.filter { present[place].isCovered(by: past[$0]) }
    known[place]?.covering = covering
    return covering
  }

  /// The glimpses of the past that show something that this one does.
  mutating func overlapping(_ place: Int) -> [Int] {
    if let overlapping = looked(place).overlapping { return overlapping }
    let overlapping = past.indices.filter { present[place].overlaps(past[$0]) }
    known[place]?.overlapping = overlapping
    return overlapping
  }

  /// Whether those of the past show together all that this one does.
  ///
  /// - Parameter some: those that count, always the same; nil where all do.
  mutating func isFilled(_ place: Int, by some: Set<Int>?) -> Bool {
    if let isFilled = some == nil ? looked(place).isFilled : looked(place).isFilledBySome { return isFilled }
    let boxes = overlapping(place).filter { some?.contains($0) ?? true }.flatMap { past[$0].boxes }
    let isFilled = present[place].boxes.allSatisfy { ground.thing(of: $0, outside: boxes[...]) == nil }
    if some == nil { known[place]?.isFilled = isFilled } else { known[place]?.isFilledBySome = isFilled }
    return isFilled
  }

  private mutating func looked(_ place: Int) -> Known {
    if let found = known[place] { return found }
    let same = byGiver[present[place].giver].flatMap { present[place].isCovered(by: past[$0]) ? $0 : nil }
    let found = Known(same: same)
    known[place] = found
    return found
  }
}

extension Glimpse {
  fileprivate func isCovered(by other: Glimpse) -> Bool {
    boxes.allSatisfy { box in other.boxes.contains(where: box.isCovered) }
  }

  fileprivate func overlaps(_ other: Glimpse) -> Bool {
    boxes.contains { box in other.boxes.contains(where: box.overlaps) }
  }
}
