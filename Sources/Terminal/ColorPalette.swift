/// The colours and attributes of the tones on a terminal, always on the terminal's own background.
package enum ColorPalette: Sendable, Equatable, CaseIterable {
  /// The terminal has no colours, or the person wants none (NO_COLOR).
  case mono
  /// The terminal has 8 or 16 colours, whose look depends on its theme. Of xterm's colours only red and
  /// magenta are readable both on white and on black, so the other tones have no colour.
  case theme
  /// The terminal has 256 colours. The tones have fixed colours, each with a contrast of at least 3.8 on
  /// white and on black.
  case fixed

  /// Chooses the palette for a terminal with this number of colours.
  package init(colors: Int, isColorWanted: Bool) {
    self = !isColorWanted || colors < 8 ? .mono : colors < 256 ? .theme : .fixed
  }

  /// The index of the tone's colour; nil for the terminal's own text colour.
  package func color(of tone: Tone) -> UInt8? {
    switch self {
    case .mono: nil
    case .theme: Self.themed(tone)
    case .fixed: Self.fixed(tone)
    }
  }

  /// The attributes that replace a missing colour.
  package func attributes(of tone: Tone) -> Style.Attributes {
    switch (self, tone) {
    case (.fixed, _), (_, .plain), (_, .good): []
    case (_, .muted): .dim
    case (.theme, .warning): []
    case (_, .accent), (_, .warning), (_, .danger): .bold
    }
  }

  private static func themed(_ tone: Tone) -> UInt8? {
    switch tone {
    case .plain, .muted, .accent, .good: nil
    case .warning: 5
    case .danger: 1
    }
  }

  private static func fixed(_ tone: Tone) -> UInt8? {
    switch tone {
    case .plain: nil
    case .muted: 243
    case .accent: 31
    case .good: 28
    case .warning: 130
    case .danger: 160
    }
  }
}
