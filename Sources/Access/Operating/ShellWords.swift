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
