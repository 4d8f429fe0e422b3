/// The terminal on which tmux is shown, as tmux describes it.
package struct TmuxClient: Sendable, Equatable {
  /// The terminal's TERM.
  let term: String
  /// The terminal's own name, such as `XTerm(379)`; empty where the terminal does not tell it (XTVERSION).
  let type: String
  /// The terminfo string by which tmux sets the terminal's clipboard; nil where tmux knows none (tmux(1),
  /// *Ms*).
  let setsSelection: String?

  /// The format that `display-message` prints for ``init(client:information:)``.
  package static let format = "#{client_tty}|#{client_termname}|#{client_termtype}"

  /// Reads what `tmux display-message -p` printed for ``format``, and what `tmux info` printed about all
  /// terminals. Fails where the first text has another form.
  package init?(client: String, information: String) {
    let parts = client.split(whereSeparator: \.isNewline).first?.split(
      separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
    guard let parts, parts.count == 3, !parts[1].isEmpty else { return nil }
    term = String(parts[1])
    type = String(parts[2])
    let lines = information.split(whereSeparator: \.isNewline)
    let own = lines.drop { !($0.hasPrefix("Terminal ") && $0.contains(" for \(parts[0]),")) }
    let capabilities = own.dropFirst().prefix { !$0.hasPrefix("Terminal ") }
    setsSelection = capabilities.lazy.compactMap { $0.split(separator: " Ms: (string) ").dropFirst().first }
      .first.map(String.init)
  }

  /// What the person has to set so that a text arrives in the clipboard, or the reason why none can; nil
  /// where no obstacle is known.
  package var hint: String? {
    if type.hasPrefix("tmux") || term.hasPrefix("tmux") {
      return "this tmux is shown in another one, which needs: set -g set-clipboard on"
    }
    if term.hasPrefix("screen") {
      return "this tmux is shown in GNU screen, which passes nothing on to a clipboard"
    }
    let route = ClipboardRoute(environment: ["TERM": term])
    if route.means == .none { return route.hint }
    guard let setsSelection else {
      let name = fit(term, columns: 30)
      return "tmux knows no clipboard of this terminal; in its settings: "
        + "set -as terminal-features ',\(name):clipboard'"
    }
    // tmux leaves the selection's name empty. For xterm that means the primary selection, which the middle
    // button pastes.
    guard type.hasPrefix("XTerm"), setsSelection.contains("%p1") else { return nil }
    return #"from tmux, xterm takes it for the middle button alone; in tmux's settings: "#
      + #"set -as terminal-overrides ',xterm*:Ms=\E]52;c;%p2%s\7'"#
  }
}
