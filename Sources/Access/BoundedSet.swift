/// Something that is held, and from when up to when.
package struct Bounded<Value: Hashable & Sendable>: Hashable, Sendable {
  package let value: Value
  package var bounds: Bounds

  package init(_ value: Value, _ bounds: Bounds = .always) {
    self.value = value
    self.bounds = bounds
  }
}

/// What somebody holds, each thing once, with its bounds: the system roles of a subject, the teams of an account.
package struct BoundedSet<Element: Hashable & Sendable>: Hashable, Sendable {
  private var bounds: [Element: Bounds]

  /// Holds nothing.
  package init() { bounds = [:] }

  /// Each of them without bounds.
  package init(_ elements: some Sequence<Element>) {
    bounds = Dictionary(elements.map { ($0, .always) }, uniquingKeysWith: { first, _ in first })
  }

  /// Of two bounds of one thing the later ones count.
  package init(bounded elements: some Sequence<Bounded<Element>>) {
    bounds = Dictionary(elements.map { ($0.value, $0.bounds) }, uniquingKeysWith: { $1 })
  }

  /// The bounds of what is held; nil of what isn't. Setting nil takes it away.
  package subscript(element: Element) -> Bounds? {
    get { bounds[element] }
    set { bounds[element] = newValue }
  }

  package var isEmpty: Bool { bounds.isEmpty }
  package var count: Int { bounds.count }
  /// What is held, whether or not it is in force.
  package var elements: Set<Element> { Set(bounds.keys) }
  /// In no order.
  package var bounded: [Bounded<Element>] { bounds.map { Bounded($0.key, $0.value) } }

  package func contains(_ element: Element) -> Bool { bounds[element] != nil }

  /// What is in force at an instant.
  package func inForce(at instant: Timestamp) -> Set<Element> {
    Set(bounds.lazy.filter { $0.value.contains(instant) }.map(\.key))
  }
}

extension BoundedSet {
  /// One thing, or nothing where there are no bounds.
  package init(_ element: Element, _ bounds: Bounds?) {
    self.init()
    self[element] = bounds
  }

  /// Of these elements those that are held already with their bounds, and the others without bounds.
  package func keeping(_ elements: Set<Element>) -> BoundedSet {
    BoundedSet(bounded: elements.map { Bounded($0, self[$0] ?? .always) })
  }

  /// What is held here, at an instant or a later one, when it would not be there.
  package func gained(over other: BoundedSet, from instant: Timestamp) -> Set<Element> {
    Set(
      bounded.filter { held in
        let others = other[held.value].map { [$0] } ?? []
        return !held.bounds.isCovered(by: others, from: instant)
      }.map(\.value))
  }
}

/// Each of the elements without bounds.
extension BoundedSet: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Element...) { self.init(elements) }
}
