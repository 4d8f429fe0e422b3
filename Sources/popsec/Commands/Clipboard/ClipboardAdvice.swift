import Terminal

/// Advice on what a person can set so that a text arrives in their clipboard.
enum ClipboardAdvice {
  static func text(_ clipboard: TerminalClipboard) -> String {
    let advice =
      switch clipboard.route.means {
      case .tmux: "the terminal that tmux runs in must take it, too: \(terminals)"
      case .screen: "the terminal that screen runs in must take it, too: \(terminals)"
      case .plain, .none: terminals
      }
    return clipboard.hint.map { "\($0); else: \(advice)" } ?? advice
  }

  private static let terminals =
    "tmux on your side: set -g set-clipboard on; iTerm2: allow applications to access the clipboard; "
    + "xterm: disallowedWindowOps without SetSelection; GNOME Terminal and others on VTE, and Apple's Terminal, "
    + "can't: popsec token reveal prints the Token ID, to be selected there"
}
