/// A short notice in the status line.
package struct Toast: Hashable, Sendable {
  /// Shown by a mark as well as by a tone.
  package enum Kind: Hashable, Sendable { case plain, good, warning, danger }
  package var text: String
  package var kind: Kind

  package init(_ text: String, _ kind: Kind = .plain) {
    self.text = text
    self.kind = kind
  }
}

/// What can be done from every screen.
package enum GlobalAction: Hashable, Sendable {
  /// What the screen on top binds Esc to, else closes it; the root stays.
  case back
  /// As `back`; at the root asks whether to quit.
  case leave
  case quit, suspend, redraw, help, palette
  /// Opens one's own last changes, to take one back.
  case undo
  /// Shows nothing, and takes nothing but Enter.
  case lock
  /// Takes the mouse or gives it back to the terminal.
  case toggleMouse
  /// Refuses changes, or takes them again.
  case toggleReadOnly
}
