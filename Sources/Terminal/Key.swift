/// A key as the person pressed it.
package enum Key: Hashable, Sendable {
  case character(Character)
  case control(Character)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right
  case pageUp, pageDown, home, end
  case function(Int)
}

/// An event that a terminal sends: a key, the mouse, a pasted text, a new size.
package enum Event: Hashable, Sendable {
  case key(Key)
  case mouse(Mouse)
  /// A pasted text, where the terminal brackets it (DECSET 2004).
  case paste(String)
  case resize(Size)
}

/// A click or a turn of the wheel.
package struct Mouse: Hashable, Sendable {
  package enum Action: Hashable, Sendable { case click, wheelUp, wheelDown }
  package var action: Action
  package var point: Point

  package init(_ action: Action, at point: Point) {
    self.action = action
    self.point = point
  }
}
