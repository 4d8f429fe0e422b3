/// Which colours and attributes the tones have on a terminal, always on its own background.
package enum ColorPalette: Sendable, Equatable, CaseIterable {
  /// No colours, or none wanted (NO_COLOR).
  case mono
  /// 8 or 16: the terminal's theme says how they look. Of xterm's, only red and magenta are
  /// read on white and on black, so that the other tones do without.
  case theme
  /// 256: fixed colours, each with a contrast of at least 3.8 on white and on black.
  case fixed

  /// The palette for a terminal of so many colours.
  package init(colors: Int, isColorWanted: Bool) {
    self = !isColorWanted || colors < 8 ? .mono : colors < 256 ? .theme : .fixed
  }

  /// The colour's index; nil for the terminal's own text colour.
  package func color(of tone: Tone) -> UInt8? {
    switch self {
    case .mono: nil
    case .theme: Self.themed(tone)
    case .fixed: Self.fixed(tone)
    }
  }

  /// What stands in for a colour that there isn't.
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
