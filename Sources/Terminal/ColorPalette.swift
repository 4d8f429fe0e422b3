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
  /// The terminal has 256 colours, and the person said that its background is dark. Each colour has a contrast of at
  /// least 4.5 on black and on a dark grey.
  case dark
  /// The terminal has 256 colours, and the person said that its background is light. Each colour has a contrast of at
  /// least 4.5 on white and on a light cream.
  case light
  /// The terminal has 256 colours, and the person asked for colours that everybody tells apart: a blue, and an orange
  /// as bright as a contrast of 4.5 on both white and black permits. What is good is plain, and danger is bold.
  case colorBlind

  /// Chooses the palette for a terminal with this number of colours. A wish for no colours, and a terminal that has few,
  /// go before the theme.
  package init(colors: Int, isColorWanted: Bool, theme: ColorTheme = .terminal) {
    guard isColorWanted, colors >= 8 else {
      self = .mono
      return
    }
    guard colors >= 256 else {
      self = .theme
      return
    }
    self =
      switch theme {
      case .terminal: .fixed
      case .dark: .dark
      case .light: .light
      case .colorBlind: .colorBlind
      }
  }

  /// The index of the tone's colour; nil for the terminal's own text colour.
  package func color(of tone: Tone) -> UInt8? {
    switch self {
    case .mono: nil
    case .theme: Self.themed(tone)
    case .fixed: Self.fixed(tone)
    case .dark: Self.onDark(tone)
    case .light: Self.onLight(tone)
    case .colorBlind: Self.colorBlind(tone)
    }
  }

  /// The attributes that replace a missing colour.
  package func attributes(of tone: Tone) -> Style.Attributes {
    switch (self, tone) {
    case (.colorBlind, .danger): .bold
    case (.fixed, _), (.dark, _), (.light, _), (.colorBlind, _), (_, .plain), (_, .good): []
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

  private static func onDark(_ tone: Tone) -> UInt8? {
    switch tone {
    case .plain: nil
    case .muted: 246
    case .accent: 75
    case .good: 78
    case .warning: 214
    case .danger: 203
    }
  }

  private static func onLight(_ tone: Tone) -> UInt8? {
    switch tone {
    case .plain: nil
    case .muted: 242
    case .accent: 25
    case .good: 22
    case .warning: 94
    case .danger: 124
    }
  }

  private static func colorBlind(_ tone: Tone) -> UInt8? {
    switch tone {
    case .plain, .good: nil
    case .muted: 243
    case .accent: 63
    case .warning, .danger: 131
    }
  }
}
