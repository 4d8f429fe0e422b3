/// A part of all things of one kind, where what may come counts as well as what exists: some things, or all without some.
///
/// `Known` are things that exist. `Coming` are those that something names although they don't exist yet. Things that may
/// come and that nothing names are part of every open extent, and of no other.
struct Extent<Known: Hashable & Sendable, Coming: Hashable & Sendable>: Sendable {
  /// Whether the two sets are what the extent lacks, and not what it has.
  private(set) var isOpen: Bool
  private(set) var known: Set<Known>
  private(set) var coming: Set<Coming>

  private init(isOpen: Bool, known: Set<Known>, coming: Set<Coming>) {
    (self.isOpen, self.known, self.coming) = (isOpen, known, coming)
  }

  static func only(_ known: Set<Known> = [], coming: Set<Coming> = []) -> Extent {
    Extent(isOpen: false, known: known, coming: coming)
  }

  static func allBut(_ known: Set<Known> = [], coming: Set<Coming> = []) -> Extent {
    Extent(isOpen: true, known: known, coming: coming)
  }

  static var all: Extent { allBut() }

  /// What a grant covers.
  init(_ coverage: Coverage<Known>) {
    self = coverage.only.map { .only($0) } ?? .all
  }

  /// Something may always come, so that an open extent is never empty.
  var isEmpty: Bool { !isOpen && known.isEmpty && coming.isEmpty }

  func contains(_ thing: Known) -> Bool { known.contains(thing) != isOpen }
  func contains(coming thing: Coming) -> Bool { coming.contains(thing) != isOpen }

  private var complement: Extent { Extent(isOpen: !isOpen, known: known, coming: coming) }

  func subtracting(_ other: Extent) -> Extent { intersection(other.complement) }

  func intersection(_ other: Extent) -> Extent {
    switch (isOpen, other.isOpen) {
    case (false, false): .only(known.intersection(other.known), coming: coming.intersection(other.coming))
    case (false, true): .only(known.without(other.known), coming: coming.without(other.coming))
    case (true, false): .only(other.known.without(known), coming: other.coming.without(coming))
    case (true, true): .allBut(known.union(other.known), coming: coming.union(other.coming))
    }
  }

  func isSubset(of other: Extent) -> Bool {
    switch (isOpen, other.isOpen) {
    case (false, false): known.isWithin(other.known) && coming.isSubset(of: other.coming)
    case (false, true): known.isDisjoint(with: other.known) && coming.isDisjoint(with: other.coming)
    case (true, false): false
    case (true, true): other.known.isSubset(of: known) && other.coming.isSubset(of: coming)
    }
  }

  func isDisjoint(with other: Extent) -> Bool { isSubset(of: other.complement) }
}

extension Set {
  /// The same as `isSubset(of:)`. One and the same set, which is what laws mostly leave, is found out first.
  fileprivate func isWithin(_ other: Set) -> Bool {
    count <= other.count && (self == other || isSubset(of: other))
  }

  /// The same as `subtracting`. Equal sets, which are what changes mostly leave, are found out first.
  fileprivate func without(_ other: Set) -> Set {
    if other.isEmpty || isEmpty { return self }
    return self == other ? [] : subtracting(other)
  }
}

extension Extent where Coming == Name {
  /// What a law names.
  init<Kind>(_ wanted: Coverage<Foreseen<Known>>) where Known == Identifier<Kind> {
    guard let things = wanted.only else {
      self = .all
      return
    }
    self = .only(Set(things.compactMap(\.id)), coming: Set(things.compactMap(\.name)))
  }

  func contains<Kind>(_ thing: Foreseen<Known>) -> Bool where Known == Identifier<Kind> {
    switch thing {
    case .present(let id): contains(id)
    case .named(let name): contains(coming: name)
    case .any: isOpen
    }
  }

  /// One thing of the extent; nil where there is none. What exists goes before what may come.
  ///
  /// - Parameter existing: what there is at present, in the order of preference; nil where this is not known.
  func first<Kind>(of existing: [Known]?) -> Foreseen<Known>? where Known == Identifier<Kind> {
    let found = existing.map { $0.first(where: contains) } ?? (isOpen ? nil : known.min())
    if let found { return .present(found) }
    return isOpen ? .any : coming.min { $0.text < $1.text }.map(Foreseen.named)
  }
}

extension Foreseen {
  /// The name of what a law names although it does not exist yet.
  var name: Name? { if case .named(let name) = self { name } else { nil } }
}
