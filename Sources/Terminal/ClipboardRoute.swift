/// How a text gets into the clipboard of the machine that the person sits at.
package struct ClipboardRoute: Sendable, Equatable {
  package enum Means: Sendable, Equatable {
    /// OSC 52 as it is.
    case plain
    /// `tmux load-buffer -w -`, the text on its stdin; tmux then holds it in a buffer, too.
    case tmux
    /// OSC 52 in GNU screen's device control strings.
    case screen
    /// The terminal takes none: the text can only be shown and selected there.
    case none
  }

  package var means: Means
  /// What has to be set, or why it can't work; nil where the terminal is expected to take it.
  package var hint: String?

  init(_ means: Means, hint: String? = nil) {
    self.means = means
    self.hint = hint
  }

  /// The route that an environment leads to. An empty variable counts as unset.
  ///
  /// The variables of terminals are seldom passed through SSH, so that most of them stay
  /// unknown there and get plain OSC 52.
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

  /// TERM names a multiplexer that this machine doesn't run: it runs on the near side of SSH.
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

  /// What must be allowed first in the terminals that ask for it.
  private static func optIn(_ value: (String) -> String) -> String? {
    if value("TERM_PROGRAM") == "iTerm.app" || value("LC_TERMINAL") == "iTerm2" {
      return "iTerm2: Settings, General, Selection, allow \"Applications in terminal may access clipboard\""
    }
    if value("TERM_PROGRAM") == "mintty" { return "mintty: set AllowSetSelection=yes" }
    if !value("XTERM_VERSION").isEmpty { return "xterm: set xterm*disallowedWindowOps without SetSelection" }
    return nil
  }
}
