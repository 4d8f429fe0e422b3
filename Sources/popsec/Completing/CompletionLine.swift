/// A command line that is being typed, up to the word that is to be completed.
struct CompletionLine: Hashable, Sendable {
  /// The words before the one that is completed, without quotes, and without the program's name.
  let before: [String]
  /// What is typed of the word, without quotes.
  let typed: String

  /// The options of commands on tokens and on deleted things that take no value. The commands whose arguments depend on
  /// each other have no others.
  static let flags: Set<String> = [
    "--user", "--json", "--allow-loose-rights", "--no-header", "--yes", "--dry-run", "--any-place", "--all",
    "--any-network", "--any-rate",
    "--no-owner", "--no-note", "--without-owner", "--revoke", "--list", "--help", "-h", "--version",
  ]

  /// - Parameters:
  ///   - words: all words as the shell has them, the program's name first.
  ///   - index: the index of the word that is completed.
  ///   - isQuoted: whether the words have the shell's quotes; those of fish before 4 don't.
  init(words: [String], index: Int, isQuoted: Bool) {
    let plain = isQuoted ? words.map(Self.unquoted) : words
    before = Array(plain.prefix(max(0, index)).dropFirst())
    typed = plain.indices.contains(index) ? plain[index] : ""
  }

  /// The last value of an option, written as `--option value` or `--option=value`.
  func value(of option: String) -> String? {
    for (index, word) in before.enumerated().reversed() {
      if word.hasPrefix(option + "=") { return String(word.dropFirst(option.count + 1)) }
      if word == option, index + 1 < before.count { return before[index + 1] }
    }
    return nil
  }

  func has(_ flag: String) -> Bool { before.contains(flag) }

  /// Whether the command is of a group, such as `token`.
  func isOf(_ group: String) -> Bool { words.first == group }

  /// The arguments after the names of the command, of which there are two in a group.
  var arguments: [String] { Array(words.dropFirst(2)) }

  /// The words that are neither options nor their values.
  private var words: [String] {
    var words: [String] = []
    var isValue = false
    for word in before {
      if isValue {
        isValue = false
      } else if word.hasPrefix("-"), word.utf8.count > 1 {
        isValue = !Self.flags.contains(word) && !word.contains("=")
      } else {
        words.append(word)
      }
    }
    return words
  }

  /// A word without the quotes and backslashes of a shell. A quote that is still open counts as closed at the end.
  static func unquoted(_ word: String) -> String {
    var result = ""
    var quote: Character?
    var isEscaped = false
    for character in word {
      if isEscaped {
        // In double quotes a backslash means something only before these.
        if quote == "\"", !"\"\\$`".contains(character) { result.append("\\") }
        result.append(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      } else {
        result.append(character)
      }
    }
    return result
  }
}
