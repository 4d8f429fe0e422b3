extension Key {
  /// Reads keys as tests write them: `Down*3 Enter "abc" C-c`. Names are separated by blanks, `*N` means N
  /// times, texts stand in quotes, and `C-c` means Control with c. Any other word is typed letter by letter.
  /// The result is nil where a count or a quote is malformed.
  package static func parse(_ macro: String) -> [Key]? {
    var keys: [Key] = []
    var rest = macro[...]
    while let start = rest.firstIndex(where: { $0 != " " && $0 != "\n" }) {
      rest = rest[start...]
      guard let token = takeToken(&rest), let count = takeCount(&rest) else { return nil }
      for _ in 0..<count { keys += token }
    }
    return keys
  }

  private static func takeToken(_ rest: inout Substring) -> [Key]? {
    if rest.first == "\"" {
      guard let end = rest.dropFirst().firstIndex(of: "\"") else { return nil }
      let text = rest[..<end].dropFirst()
      rest = rest[rest.index(after: end)...]
      return text.map { .character($0) }
    }
    let stop = { (character: Character) in character == " " || character == "\n" || character == "*" }
    // A star at the beginning of a token is typed as a star.
    let end = rest.dropFirst().firstIndex(where: stop) ?? rest.endIndex
    let word = String(rest[..<end])
    rest = rest[end...]
    return named(word).map { [$0] } ?? word.map { .character($0) }
  }

  private static func takeCount(_ rest: inout Substring) -> Int? {
    guard rest.first == "*" else { return 1 }
    let digits = rest.dropFirst().prefix { $0 != " " && $0 != "\n" }
    rest = rest[digits.endIndex...]
    return Int(digits).flatMap { $0 >= 0 ? $0 : nil }
  }
}
