/// A value that somebody holds, with the time during which it counts.
package struct Bounded<Value: Hashable & Sendable>: Hashable, Sendable {
  package let value: Value
  package var bounds: Bounds

  package init(_ value: Value, _ bounds: Bounds = .always) {
    self.value = value
    self.bounds = bounds
  }
}

/// What somebody holds, each value once and with its bounds: the system roles of a subject, or the teams of
/// an account.
package struct BoundedSet<Element: Hashable & Sendable>: Hashable, Sendable {
  private var bounds: [Element: Bounds]

  /// Makes an empty set.
  package init() { bounds = [:] }

  /// Makes a set of these elements, none of which has bounds.
  package init(_ elements: some Sequence<Element>) {
    bounds = Dictionary(elements.map { ($0, .always) }, uniquingKeysWith: { first, _ in first })
  }

  /// Makes a set of these elements. Where an element comes twice, its later bounds count.
  package init(bounded elements: some Sequence<Bounded<Element>>) {
    bounds = [:]
    for held in elements { bounds[held.value] = held.bounds }
  }

  /// The bounds of an element; nil where it is not held. Setting nil takes the element away.
  package subscript(element: Element) -> Bounds? {
    get { bounds[element] }
    set { bounds[element] = newValue }
  }

  package var isEmpty: Bool { bounds.isEmpty }
  package var count: Int { bounds.count }
  /// The elements that are held, whether or not they are in force.
  package var elements: Set<Element> { Set(bounds.keys) }
  /// The elements with their bounds, in no particular order.
  package var bounded: [Bounded<Element>] { bounds.map { Bounded($0.key, $0.value) } }

  package func contains(_ element: Element) -> Bool { bounds[element] != nil }

  /// The elements that are in force at an instant.
  package func inForce(at instant: Timestamp) -> Set<Element> {
    Set(bounds.lazy.filter { $0.value.contains(instant) }.map(\.key))
  }
}

extension BoundedSet {
  /// Makes a set of one element, or an empty set where `bounds` is nil.
  package init(_ element: Element, _ bounds: Bounds?) {
    self.init()
    self[element] = bounds
  }

  /// A set of these elements. Those that are held already keep their bounds, and the others have none.
  package func keeping(_ elements: Set<Element>) -> BoundedSet {
    BoundedSet(bounded: elements.map { Bounded($0, self[$0] ?? .always) })
  }

  /// The elements that this set holds at some time from `instant` on when the other set does not.
  package func gained(over other: BoundedSet, from instant: Timestamp) -> Set<Element> {
    Set(
      bounded.filter { held in
        let others = other[held.value].map { [$0] } ?? []
        return !held.bounds.isCovered(by: others, from: instant)
      }.map(\.value))
  }

  /// Whether the other set holds each element at each instant from `start` on at which this set holds it. A change of the
  /// other set into this one only takes away then.
  package func isCovered(by other: BoundedSet, from start: Timestamp = .distantPast) -> Bool {
    gained(over: other, from: start).isEmpty
  }
}

/// A literal makes a set of elements without bounds.
extension BoundedSet: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Element...) { self.init(elements) }
}
