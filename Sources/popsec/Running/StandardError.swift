import Foundation

/// Standard error: what people are told, and what they are asked.
enum StandardError {
  /// Writes a line, made harmless.
  static func line(_ text: String) { write(harmless(text) + "\n") }

  /// Writes a text that is harmless already, or that means to move the cursor.
  static func write(_ text: String) {
    // Where nobody can be told, there is nobody to tell so either; what is to be done is done all the same.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
