import Foundation

/// Standard error: what people are told, and what they are asked.
enum StandardError {
  /// Where nobody can be told, what is to be done is done all the same, and the lines are counted.
  static let lost = LostLines()

  /// Writes a line, made harmless.
  static func line(_ text: String) { write(harmless(text) + "\n") }

  /// Writes a text that is harmless already, or that means to move the cursor.
  static func write(_ text: String) {
    write(text) { "popsec: \(LostLines.words($0))\n" }
  }

  /// Writes such a text; `telling` makes a text of the number of lines that were lost before.
  static func write(_ text: String, telling: (Int) -> String) {
    lost.write(text, telling: telling) {
      try FileHandle.standardError.write(contentsOf: Data($0.utf8))
    }
  }
}
