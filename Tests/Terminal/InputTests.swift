import Terminal
import Testing

@Suite("input")
struct InputTests {
  @Test("a pasted text whose end never comes ends where it stopped, and keys are keys again")
  func unendingPaste() {
    var decoder = InputDecoder()
    decoder.feed(Array("\u{1B}[200~abc\u{1B}".utf8))
    #expect(decoder.next() == nil)
    #expect(decoder.isPasting)
    #expect(decoder.flush() == .paste("abc"))
    decoder.feed(Array("j".utf8))
    #expect(decoder.next() == .key(.character("j")))
  }

  /// The events of some bytes, fed in pieces of `step`, then the time being over.
  private func events(_ text: String, step: Int = .max) -> [Event] { events(Array(text.utf8), step: step) }

  private func events(_ bytes: [UInt8], step: Int = .max) -> [Event] {
    var decoder = InputDecoder()
    var events: [Event] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      decoder.feed(rest.prefix(step))
      rest = rest.dropFirst(step)
      while let event = decoder.next() { events.append(event) }
    }
    if let last = decoder.flush() { events.append(last) }
    return events
  }

  private static let known: [(String, Key)] = [
    ("a", .character("a")), (" ", .character(" ")), ("é", .character("é")), ("漢", .character("漢")),
    ("👍", .character("👍")), ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{7F}", .backspace),
    ("\u{8}", .backspace), ("\u{1}", .control("a")), ("\u{3}", .control("c")), ("\u{1A}", .control("z")),
    ("\u{0}", .control("@")), ("\u{1F}", .control("_")), ("\u{1C}", .control("\\")), ("\u{1B}", .escape),
    ("\u{1B}[A", .up), ("\u{1B}OA", .up), ("\u{1B}[B", .down), ("\u{1B}OC", .right), ("\u{1B}[D", .left),
    ("\u{1B}[H", .home), ("\u{1B}OF", .end), ("\u{1B}[1~", .home), ("\u{1B}[7~", .home), ("\u{1B}[4~", .end),
    ("\u{1B}[8~", .end), ("\u{1B}[2~", .insert), ("\u{1B}[3~", .delete), ("\u{1B}[5~", .pageUp),
    ("\u{1B}[6~", .pageDown), ("\u{1B}[Z", .backTab), ("\u{1B}OP", .function(1)), ("\u{1B}[[A", .function(1)),
    ("\u{1B}[[E", .function(5)), ("\u{1B}[15~", .function(5)), ("\u{1B}[24~", .function(12)),
    ("\u{1B}[1;5A", .up), ("\u{1B}[1;2P", .function(1)), ("\u{1B}[3;2~", .delete), ("\u{1B}OM", .enter),
  ]

  @Test("each key is told, whole or byte by byte", arguments: known)
  func tellsKey(_ bytes: String, _ key: Key) {
    #expect(events(bytes) == [.key(key)])
    #expect(events(bytes, step: 1) == [.key(key)])
  }

  @Test(
    "an unknown sequence is dropped whole, and the next key is told",
    arguments: [
      "\u{1B}[1;3A", "\u{1B}[999~", "\u{1B}[?62;52c", "\u{1B}[I",
      "\u{1B}]52;c;c2VjcmV0\u{7}", "\u{1B}]11;rgb:0/0/0\u{1B}\\", "\u{1B}P1+r\u{1B}\\", "\u{1B}[<0;5;6m",
      "\u{1B}[<2;5;6M", "\u{1B}[<35;5;6M", "\u{1B}[<0;0;6M", "\u{1B}[<0;5M", "\u{1B}[M#!!", "\u{1B}[24;1R",
    ])
  func unknown(_ bytes: String) {
    #expect(events(bytes + "j") == [.key(.character("j"))])
    #expect(events(bytes + "j", step: 1) == [.key(.character("j"))])
  }

  @Test(
    "where the terminal's cursor is, is told apart from F3 with keys held down",
    arguments: [
      ("\u{1B}[2;3R", 3, []), ("\u{1B}[24;80R", 80, []), ("\u{1B}[2;2R\u{1B}[2;3R", 3, []),
      ("\u{1B}[1;2R", nil, [.key(.function(3))]), ("\u{1B}[R", nil, [.key(.function(3))]),
    ] as [(String, Int?, [Event])])
  func cursorReports(_ bytes: String, _ column: Int?, _ told: [Event]) {
    var decoder = InputDecoder()
    decoder.feed(bytes.utf8)
    var events: [Event] = []
    while let event = decoder.next() { events.append(event) }
    #expect(decoder.cursorColumn == column)
    #expect(events == told)
  }

  @Test("an escape before another sequence is a key of its own")
  func escapes() {
    #expect(events("\u{1B}\u{1B}[A") == [.key(.escape), .key(.up)])
    #expect(events("\u{1B}\u{1B}") == [.key(.escape), .key(.escape)])
    #expect(
      events("\u{1B}x\u{1B}é") == [
        .key(.escape), .key(.character("x")), .key(.escape), .key(.character("é")),
      ])
    #expect(events("\u{1B}\r") == [.key(.escape), .key(.enter)])
    #expect(events("\u{1B}[\u{1B}[A") == [.key(.up)])
  }

  @Test(
    "a sequence whose rest never comes types nothing",
    arguments: ["\u{1B}[", "\u{1B}[1;", "\u{1B}O", "\u{1B}[M!"])
  func cutOff(_ bytes: String) { #expect(events(bytes).isEmpty) }

  @Test(
    "bytes that aren't UTF-8 are dropped",
    arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE6, 0x6A]] as [[UInt8]])
  func notUTF8(_ bytes: [UInt8]) {
    let expected: [Event] = bytes.last == 0x6A ? [.key(.character("j"))] : []
    #expect(events(bytes) == expected)
    #expect(events(bytes + [0x6B], step: 1).last == .key(.character("k")))
  }

  @Test(
    "the mouse clicks and turns",
    arguments: [
      ("\u{1B}[<0;5;6M\u{1B}[<0;5;6m", Mouse(.click, at: Point(column: 4, row: 5))),
      ("\u{1B}[<4;300;2M", Mouse(.click, at: Point(column: 299, row: 1))),
      ("\u{1B}[<64;1;1M", Mouse(.wheelUp, at: Point(column: 0, row: 0))),
      ("\u{1B}[<65;1;1M", Mouse(.wheelDown, at: Point(column: 0, row: 0))),
      ("\u{1B}[M !!\u{1B}[M#!!", Mouse(.click, at: Point(column: 0, row: 0))),
      ("\u{1B}[Ma\"#", Mouse(.wheelDown, at: Point(column: 1, row: 2))),
    ])
  func mouse(_ bytes: String, _ mouse: Mouse) {
    #expect(events(bytes) == [.mouse(mouse)])
    #expect(events(bytes, step: 1) == [.mouse(mouse)])
  }

  @Test("a pasted text is one event, whatever stands in it", arguments: [1, 3, .max])
  func paste(_ step: Int) {
    let bytes = "x\u{1B}[200~a\r\nb\rc\u{1B}[Aq\u{1B}[201\u{1B}\u{3}é\u{1B}[201~y"
    #expect(
      events(bytes, step: step) == [
        .key(.character("x")), .paste("a\nb\nc\u{1B}[Aq\u{1B}[201\u{1B}\u{3}é"), .key(.character("y")),
      ])
  }

  @Test("the first 64 KiB of a pasted text are kept")
  func longPaste() {
    let text = String(repeating: "a", count: InputDecoder.pasteLimit)
    #expect(events("\u{1B}[200~\(text)bcd\u{1B}[201~") == [.paste(text)])
  }

  @Test("a pasted text waits for its end without a time limit")
  func openPaste() {
    var decoder = InputDecoder()
    decoder.feed(Array("\u{1B}[200~abc\u{1B}".utf8))
    #expect(decoder.next() == nil)
    #expect(!decoder.isWaiting)
    decoder.feed(Array("[201~".utf8))
    #expect(decoder.next() == .paste("abc"))
  }

  @Test("random bytes never get stuck, and the next key is told")
  func random() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let noise = (0..<Int.random(in: 1...40)).map { _ in
        Bool.random() ? UInt8.random(in: 0...255) : [0x1B, 0x5B, 0x4F, 0x3C, 0x3B][Int(generator.next() % 5)]
      }
      var decoder = InputDecoder()
      decoder.feed(noise)
      while decoder.next() != nil {}
      _ = decoder.flush()
      #expect(!decoder.isWaiting)
      decoder.feed([0x6A])
      #expect(decoder.next() == .key(.character("j")), "after \(noise)")
    }
  }

  @Test(
    "macros name keys as people do",
    arguments: [
      (
        "Down*3 Enter \"a b\" C-c",
        [.down, .down, .down, .enter, .character("a"), .character(" "), .character("b"), .control("c")]
      ),
      ("abc F5", [.character("a"), .character("b"), .character("c"), .function(5)]),
      ("*2", [.character("*"), .character("2")]), ("", []), ("j*0", []),
    ] as [(String, [Key])])
  func macros(_ macro: String, _ keys: [Key]) { #expect(Key.parse(macro) == keys) }

  @Test("malformed macros are refused", arguments: ["\"abc", "j*x", "j*-1"])
  func badMacros(_ macro: String) { #expect(Key.parse(macro) == nil) }
}
