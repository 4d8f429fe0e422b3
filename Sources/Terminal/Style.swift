/// The meaning of a piece of text on the screen. The driver turns tones into the colours that the terminal
/// has (256, 16, 8 or none). The background is always the terminal's own, so that light and dark terminals
/// are both readable.
package enum Tone: UInt8, Hashable, Sendable, CaseIterable {
  case plain, muted, accent, good, warning, danger
}

/// The look of a cell: its tone and its attributes. A state is never shown by the tone alone, because a
/// terminal may have no colours.
package struct Style: Hashable, Sendable {
  package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let bold = Attributes(rawValue: 1)
    package static let dim = Attributes(rawValue: 2)
    package static let reverse = Attributes(rawValue: 4)
    package static let underline = Attributes(rawValue: 8)
  }

  package var tone: Tone
  package var attributes: Attributes

  package init(_ tone: Tone = .plain, _ attributes: Attributes = []) {
    self.tone = tone
    self.attributes = attributes
  }

  package static let plain = Style()
  package static let muted = Style(.muted)
  package static let bold = Style(.plain, .bold)
  package static let selected = Style(.plain, .reverse)

  package func with(_ more: Attributes) -> Style { Style(tone, attributes.union(more)) }
}
