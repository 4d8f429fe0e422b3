/// Splits a command line into words as a POSIX shell does (XCU 2.2, Quoting). Nothing else that a shell does
/// happens here: nothing is expanded, and `;`, `$(` and `|` are ordinary characters.
package enum ShellWords {
  package enum Problem: Error, Hashable {
    case unfinishedQuote, control, tooLong
  }

  package static let maximumByteCount = 65_536

  package static func split(_ line: String) throws(Problem) -> [String] {
    guard line.utf8.count <= maximumByteCount else { throw .tooLong }
    var splitter = Splitter()
    for scalar in line.unicodeScalars {
      guard scalar.value >= 0x20 || scalar == "\t", scalar.value != 0x7F else { throw .control }
      splitter.add(scalar)
    }
    guard splitter.isAtEnd else { throw .unfinishedQuote }
    return splitter.words
  }

  /// The words as a command line that a POSIX shell, and ``split(_:)``, read as these words. Words hold no
  /// control characters.
  package static func joined(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

  /// The command line of these words, broken between words so that a shell still reads one command.
  ///
  /// - Parameter fits: tells whether a line is short enough. A word that does not fit has a line of its own.
  package static func lines(_ words: [String], fitting fits: (String) -> Bool) -> [String] {
    var lines: [String] = []
    var current = ""
    for (index, word) in words.map(quoted).enumerated() {
      let longer = current.isEmpty ? word : current + " " + word
      if current.isEmpty || fits(index == words.count - 1 ? longer : longer + " \\") {
        current = longer
      } else {
        lines.append(current + " \\")
        current = word
      }
    }
    return lines + [current]
  }

  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "_-+./:=,@%".utf8.contains(byte)
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }

  private struct Splitter {
    private var finished: [String] = []
    /// The word that is being read; nil between words.
    private var word: String?
    private var quote: Unicode.Scalar?
    private var isEscaped = false

    var isAtEnd: Bool { quote == nil && !isEscaped }
    var words: [String] { word.map { finished + [$0] } ?? finished }

    mutating func add(_ scalar: Unicode.Scalar) {
      if isEscaped { return addEscaped(scalar) }
      switch (quote, scalar) {
      case (nil, " "), (nil, "\t"): endWord()
      case (nil, "'"), (nil, "\""):
        quote = scalar
        word = word ?? ""
      case (nil, "\\"), ("\"", "\\"):
        isEscaped = true
        word = word ?? ""
      case (let open?, scalar) where open == scalar: quote = nil
      default: append(scalar)
      }
    }

    /// Adds the scalar after a backslash in double quotes. The backslash stays where the scalar has no
    /// special meaning.
    private mutating func addEscaped(_ scalar: Unicode.Scalar) {
      isEscaped = false
      if quote == "\"", !["\"", "\\", "$", "`"].contains(scalar) { append("\\") }
      append(scalar)
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
      word = (word ?? "")
      word?.unicodeScalars.append(scalar)
    }

    private mutating func endWord() {
      if let word { finished.append(word) }
      word = nil
    }
  }
}
