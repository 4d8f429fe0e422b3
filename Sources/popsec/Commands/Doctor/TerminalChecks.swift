import Access
import Foundation
import Ncurses
import Terminal

/// Checks whether this terminal offers what the console needs.
struct TerminalChecks {
  let environment: [String: String]

  var all: [HealthCheck] { [terminal, locale, clipboard] }

  private var terminal: HealthCheck {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      return .note("terminal", "this is none; the console needs one", "over SSH: ssh -t")
    }
    let name = environment.filled("TERM") ?? ""
    guard !["", "dumb", "unknown"].contains(name) else {
      return .bad("terminal", "TERM is \(name.isEmpty ? "not set" : name)", "export TERM=xterm-256color")
    }
    return .good("terminal", name)
  }

  private var locale: HealthCheck {
    LocaleWish(environment: environment) == .other
      ? .note("locale", "is not UTF-8: lines are drawn in ASCII", "export LC_ALL=C.UTF-8")
      : .good("locale", "UTF-8")
  }

  private var clipboard: HealthCheck {
    let route = ClipboardRoute(environment: environment)
    switch route.means {
    case .none:
      return .note("clipboard", route.hint ?? "this terminal has none", "V shows a Token ID instead")
    case .tmux:
      return .note(
        "clipboard", "through tmux, which needs set-clipboard on or external", "popsec clipboard test")
    default: return .note("clipboard", "whether it arrives can only be tried", "popsec clipboard test")
    }
  }
}
