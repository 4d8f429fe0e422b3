/// Which input waits for a piece of work (``TypeAhead``).
package enum Awaiting: Hashable, Sendable, ExpressibleByBooleanLiteral {
  case nothing
  /// All but what goes into the text field that has the focus, as what is typed into a list's filter does.
  case allButText
  case all

  /// `true`: ``all``.
  package init(booleanLiteral value: Bool) { self = value ? .all : .nothing }
}
