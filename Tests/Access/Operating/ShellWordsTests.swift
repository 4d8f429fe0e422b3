import Access
import Testing

@Suite struct ShellWordsTests {
  @Test(
    "words are split as a shell splits them",
    arguments: [
      ("", []), ("  \t ", []), ("token list", ["token", "list"]), (" a  b ", ["a", "b"]),
      ("'Portal Mexico' portal", ["Portal Mexico", "portal"]), (#""a b"c'd e'"#, ["a bcd e"]),
      ("''", [""]), (#""" x"#, ["", "x"]), (#"a\ b"#, ["a b"]), (#"'a\b'"#, [#"a\b"#]),
      (#""a\b\"\\\$\`""#, [#"a\b"\$`"#]), (#"\'"#, ["'"]), ("a'b'\"c\"", ["abc"]), ("é ü", ["é", "ü"]),
    ] as [(String, [String])])
  func splits(line: String, words: [String]) throws {
    #expect(try ShellWords.split(line) == words)
  }

  @Test(
    "words are joined so that they are read as the same words",
    arguments: [
      (["grant", "add", "--team=-x"], "grant add --team=-x"), (["Sales MX", ""], "'Sales MX' ''"),
      (["It's \"$HOME\" `x` \\"], #"'It'\''s "$HOME" `x` \'"#),
      (["é", "a;b", "~", "a&b"], "'é' 'a;b' '~' 'a&b'"),
    ] as [([String], String)])
  func joins(words: [String], line: String) throws {
    #expect(ShellWords.joined(words) == line)
    #expect(try ShellWords.split(line) == words)
  }

  @Test(
    "a long command line is broken between words, and read as the same words",
    arguments: [
      (80, ["a --b 'c d' e"]), (9, [#"a --b \"#, "'c d' e"]), (6, [#"a \"#, #"--b \"#, #"'c d' \"#, "e"]),
      (1, [#"a \"#, #"--b \"#, #"'c d' \"#, "e"]),
    ])
  func breaks(columns: Int, lines: [String]) throws {
    let words = ["a", "--b", "c d", "e"]
    #expect(ShellWords.lines(words) { $0.count <= columns } == lines)
    #expect(
      try ShellWords.split(
        lines.map { $0.hasSuffix(" \\") ? String($0.dropLast(2)) : $0 }.joined(separator: " ")) == words)
  }

  @Test(
    "no other function of a shell is carried out",
    arguments: [";", "$(id)", "`id`", "|", "&&", ">", "*", "~", "$HOME", "#x", "{a,b}", "!1", "a=b", "(x)"])
  func literal(word: String) throws {
    #expect(try ShellWords.split("a \(word) b") == ["a", word, "b"])
    #expect(try ShellWords.split("\"\(word)\"") == [word])
  }

  @Test(
    "a line that is unfinished, endless or has control characters is refused",
    arguments: [
      ("'a", .unfinishedQuote), ("a\"", .unfinishedQuote), ("a\\", .unfinishedQuote), ("a\nb", .control),
      ("'a\nb'", .control), ("a\r", .control), ("a\u{0}b", .control), ("\u{1B}[2J", .control),
      ("\u{7F}", .control), (String(repeating: "a", count: 65_537), .tooLong),
    ] as [(String, ShellWords.Problem)])
  func refuses(line: String, problem: ShellWords.Problem) {
    #expect(throws: problem) { try ShellWords.split(line) }
  }
}
