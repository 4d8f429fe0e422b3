/// The subject and its teams, made for fast look-ups. What another subject holds never counts.
struct SubjectSet {
  /// Up to this number of teams are searched one by one, which is faster than a table.
  static let few = 16

  private let access: SubjectAccess
  /// Finds the teams; nil where there are few.
  private let places: TeamPlaces?

  init(_ access: SubjectAccess) {
    self.access = access
    places = access.teams.count > Self.few ? TeamPlaces(access.teams) : nil
  }

  /// Does the same as ``SubjectAccess/membership(of:)``.
  func membership(of holder: SubjectID) -> Bounds? { place(of: holder).map(membership) }

  /// The bounds of the membership through which the holder at a place counts.
  func membership(at place: Int) -> Bounds { place == 0 ? .always : access.teams[place - 1].bounds }

  /// The place of a holder among the subject and its teams: 0 for the subject; nil where the holder is neither.
  func place(of holder: SubjectID) -> Int? {
    if holder == access.subject { return 0 }
    guard case .team(let team) = holder else { return nil }
    let found = places.map { $0.place(of: team, in: access.teams) }
    return (found ?? access.teams.firstIndex { $0.value == team }).map { $0 + 1 }
  }
}

/// The grants of one connector that were met so far, each of another holder.
struct MetGrants {
  /// The grant of each holder, by the holder's place; empty where the holders are few.
  private var byPlace: [GrantID?]

  init(_ access: SubjectAccess) {
    let isLarge = access.teams.count > SubjectSet.few
    byPlace = isLarge ? Array(repeating: nil, count: access.teams.count + 1) : []
  }

  /// Notes the grant of a holder. The result is the grant of the same holder that was met before; nil where there was
  /// none.
  ///
  /// - Parameter trials: the trials of all grants that were met before, which are searched where the holders are few.
  mutating func meet(_ grant: GrantID, of holder: SubjectID, at place: Int, _ trials: [GrantTrial])
    -> GrantID?
  {
    if byPlace.isEmpty { return trials.first { $0.subject == holder }?.grant }
    if let twin = byPlace[place] { return twin }
    byPlace[place] = grant
    return nil
  }
}

/// Finds the places of teams in an array by their ids. An id is random (``Identifier``), so that no hash of it is needed:
/// its product with an odd number spreads ids that are not.
struct TeamPlaces {
  /// One more than the place of a team; zero where there is none. A team stands in the first free slot from its own on.
  private var slots: [Int32]
  private let shift: Int

  init(_ teams: [Bounded<TeamID>]) {
    // At least half of the slots stay free, so that a search ends soon.
    let bits = Int.bitWidth - (2 * teams.count).leadingZeroBitCount
    shift = UInt64.bitWidth - bits
    slots = Array(repeating: 0, count: 1 << bits)
    // Of a team that is there twice, the first one is found.
    for place in teams.indices where self.place(of: teams[place].value, in: teams) == nil {
      var slot = slot(of: teams[place].value)
      while slots[slot] != 0 { slot = following(slot) }
      slots[slot] = Int32(place + 1)
    }
  }

  /// The place of a team in the same array; nil where it is not there.
  func place(of team: TeamID, in teams: [Bounded<TeamID>]) -> Int? {
    var slot = slot(of: team)
    while slots[slot] != 0 {
      let place = Int(slots[slot]) - 1
      if teams[place].value == team { return place }
      slot = following(slot)
    }
    return nil
  }

  private func slot(of team: TeamID) -> Int {
    Int((UInt64(bitPattern: team.rawValue) &* 0x9E37_79B9_7F4A_7C15) >> UInt64(shift))
  }

  private func following(_ slot: Int) -> Int { (slot + 1) & (slots.count - 1) }
}
