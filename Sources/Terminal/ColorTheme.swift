/// The colours that a person chose, for terminals with 256 colours.
package enum ColorTheme: String, Sendable, CaseIterable {
  /// The colours are readable on white and on black, whatever background the terminal has.
  case terminal
  /// The colours are for a dark background.
  case dark
  /// The colours are for a light background.
  case light
  /// Blue and orange, which people with any kind of colour vision tell apart, for white and for black.
  case colorBlind = "colour-blind"

  /// The theme with this name. Both spellings of colour are known. The result is nil where there is no such theme.
  package init?(named name: String) {
    self.init(rawValue: name == "color-blind" ? "colour-blind" : name)
  }
}
