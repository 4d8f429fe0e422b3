/// A choice that is on or off, drawn `[x] Add an API token`.
package struct CheckBox: Hashable, Sendable {
  package let label: String
  package var isChecked: Bool

  package init(_ label: String, isChecked: Bool = false) {
    self.label = label
    self.isChecked = isChecked
  }

  package var mark: String { isChecked ? "[x]" : "[ ]" }
}

/// One choice of several, each on a line of its own, drawn `(•) 90 days`.
package struct RadioGroup: Hashable, Sendable {
  package let label: String
  package let options: [String]
  package private(set) var selection: Int

  /// Makes a group. Where `selection` isn't one of the options, the first is chosen.
  package init(_ label: String, options: [String], selection: Int = 0) {
    self.label = label
    self.options = options
    self.selection = options.indices.contains(selection) ? selection : 0
  }

  package mutating func select(_ index: Int) {
    if options.indices.contains(index) { selection = index }
  }

  func mark(_ index: Int) -> String { index == selection ? "(•)" : "( )" }
}
