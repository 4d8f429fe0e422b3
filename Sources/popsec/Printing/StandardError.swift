import Foundation

/// Standard error, for messages and questions to people.
enum StandardError {
  /// The lines that could not be written. A command does its work all the same, and the lines are counted.
  static let lost = LostLines()

  /// Writes a line, made harmless.
  static func line(_ text: String) { write(harmless(text) + "\n") }

  /// Writes a text that is harmless already, or that moves the cursor on purpose.
  static func write(_ text: String) {
    write(text) { "popsec: \(LostLines.words($0))\n" }
  }

  /// Writes such a text. `telling` makes a text of the number of lines that were lost before.
  static func write(_ text: String, telling: (Int) -> String) {
    lost.write(text, telling: telling) {
      try FileHandle.standardError.write(contentsOf: Data($0.utf8))
    }
  }
}
