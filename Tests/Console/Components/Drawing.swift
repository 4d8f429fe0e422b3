import Console
import Terminal
import Testing

/// What a component draws in a canvas of its own.
func drawn<Message>(
  columns: Int = 40, rows: Int = 8, _ draw: (inout Frame<Message>) -> Void
) -> Frame<Message> {
  let size = Size(columns: columns, rows: rows)
  var frame = Frame<Message>(Canvas(size), bounds: Rect(size))
  draw(&frame)
  return frame
}

/// The keys that a macro names; a macro that names none is a fault of the test.
func keyPresses(_ macro: String, sourceLocation: SourceLocation = #_sourceLocation) -> [Key] {
  let keys = Key.parse(macro)
  if keys == nil { Issue.record("\(macro) names no keys", sourceLocation: sourceLocation) }
  return keys ?? []
}

/// The keys of a macro, one after the other, as a screen would dispatch them to a component.
func messages<Message>(
  _ key: Key, typed: (TextInput) -> Message?, bindings: [KeyBinding<Message>]
) -> Message? {
  typed(.key(key)) ?? bindings.first { $0.keys.contains(key) }?.message
}

extension Frame {
  /// The message of a click on the first place where a text stands.
  func click(_ text: String) -> Message? {
    for (row, line) in drawn.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard let range = line.firstRange(of: text) else { continue }
      let column = line.distance(from: line.startIndex, to: range.lowerBound)
      return message(at: Point(column: column, row: row))
    }
    return nil
  }

  /// The rows that are drawn in reverse.
  var reversedRows: [Int] {
    (0..<size.rows).filter { row in
      (0..<size.columns).contains { style(column: $0, row: row).attributes.contains(.reverse) }
    }
  }
}
