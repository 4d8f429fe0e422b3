/// The way by which a text gets into the clipboard of the machine at which the person sits.
package struct ClipboardRoute: Sendable, Equatable {
  package enum Means: Sendable, Equatable {
    /// The terminal receives an OSC 52 sequence.
    case plain
    /// `tmux load-buffer -w -` receives the text on its stdin. tmux then keeps the text in a buffer as well.
    case tmux
    /// GNU screen receives OSC 52 in its device control strings.
    case screen
    /// The terminal has no way. The text can only be shown and selected on the screen.
    case none
  }

  package var means: Means
  /// What the person has to set, or the reason why copying can't work; nil where the terminal is expected to
  /// work.
  package var hint: String?

  init(_ means: Means, hint: String? = nil) {
    self.means = means
    self.hint = hint
  }

  /// Finds the route for an environment. An empty variable counts as unset.
  ///
  /// SSH seldom passes on the variables of a terminal, so that most terminals stay unknown and receive plain
  /// OSC 52.
  package init(environment: [String: String]) {
    func value(_ name: String) -> String { environment[name] ?? "" }
    if !value("TMUX").isEmpty {
      self.init(.tmux)
    } else if !value("STY").isEmpty {
      self.init(.screen)
    } else if let near = Self.nearMultiplexer(term: value("TERM")) {
      self = near
    } else {
      self = Self.terminal(value)
    }
  }

  /// The route where TERM names a multiplexer that doesn't run on this machine, but on the near side of SSH.
  private static func nearMultiplexer(term: String) -> ClipboardRoute? {
    if term.hasPrefix("tmux") { return .init(.plain, hint: tmuxHint) }
    if term.hasPrefix("screen") {
      return .init(.plain, hint: tmuxHint + "; GNU screen on your side passes none on")
    }
    return nil
  }

  private static let tmuxHint =
    "a multiplexer runs on your side of the connection; in tmux: set -g set-clipboard on"

  private static func terminal(_ value: (String) -> String) -> ClipboardRoute {
    let term = value("TERM")
    if !value("VTE_VERSION").isEmpty {
      return .init(.none, hint: "this terminal (VTE, GNOME Terminal) takes nothing into its clipboard")
    }
    if value("TERM_PROGRAM") == "Apple_Terminal" {
      return .init(.none, hint: "Apple's Terminal takes nothing into its clipboard")
    }
    if term == "linux" || term.hasPrefix("vt") {
      return .init(.none, hint: "a terminal of type \(fit(term, columns: 20)) has no clipboard")
    }
    if term == "st" || term.hasPrefix("st-") || term.hasPrefix("rxvt") {
      return .init(
        .none, hint: "a terminal of type \(fit(term, columns: 20)) takes nothing into its clipboard")
    }
    return .init(.plain, hint: optIn(value))
  }

  /// The setting that some terminals need before they allow copying.
  private static func optIn(_ value: (String) -> String) -> String? {
    if value("TERM_PROGRAM") == "iTerm.app" || value("LC_TERMINAL") == "iTerm2" {
      return "iTerm2: Settings, General, Selection, allow \"Applications in terminal may access clipboard\""
    }
    if value("TERM_PROGRAM") == "mintty" { return "mintty: set AllowSetSelection=yes" }
    if !value("XTERM_VERSION").isEmpty { return "xterm: set xterm*disallowedWindowOps without SetSelection" }
    return nil
  }
}
