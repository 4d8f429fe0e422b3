import Terminal
import Testing

@Suite("clipboard")
struct ClipboardTests {
  @Test(
    "the plain sequence is base64 between the prefix and BEL",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"), ("é~?>", "w6l+Pz4="), ("ÿÿÿ", "w7/Dv8O/"),
    ])
  func plain(_ text: String, _ base64: String) {
    #expect(Osc52.plain(text) == Array("\u{1B}]52;c;\(base64)\u{7}".utf8))
  }

  @Test("clearing overwrites with a word, then empties")
  func clearing() {
    #expect(Osc52.clearing == Array("\u{1B}]52;c;Y2xlYXJlZA==\u{7}\u{1B}]52;c;\u{7}".utf8))
    #expect(
      Osc52.clearingThroughScreen
        == Array("\u{1B}P\u{1B}]52;c;Y2xlYXJlZA==\u{7}\u{1B}\\\u{1B}P\u{1B}]52;c;\u{7}\u{1B}\\".utf8))
  }

  @Test(
    "GNU screen gets chunks of at most 764 bytes that join to the plain sequence",
    arguments: [0, 1, 563, 564, 565, 5000])
  func chunks(_ count: Int) {
    let text = String(repeating: "x", count: count)
    let chunks = String(decoding: Osc52.screenChunks(text), as: UTF8.self).components("\u{1B}P")
    #expect(chunks.allSatisfy { $0.hasSuffix("\u{1B}\\") && $0.utf8.count + 2 <= 764 })
    let joined = chunks.map { $0.dropLast(2) }.joined()
    #expect(Array(joined.utf8) == Osc52.plain(text))
  }

  @Test(
    "the route follows the environment",
    arguments: [
      (["TERM": "xterm-256color"], .plain, nil),
      (["TERM": "tmux-256color", "TMUX": "/tmp/x,1,0"], .tmux, nil),
      (["TERM": "screen", "STY": "1.pts"], .screen, nil),
      (["TERM": "screen", "STY": "1.pts", "TMUX": "/tmp/x,1,0"], .tmux, nil),
      (["TERM": "tmux-256color"], .plain, "set-clipboard on"),
      (["TERM": "screen-256color", "TMUX": ""], .plain, "set-clipboard on"),
      (["TERM": "xterm-256color", "VTE_VERSION": "7006"], .none, "VTE"),
      (["TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"], .none, "Apple"),
      (["TERM": "linux"], .none, "linux"), (["TERM": "vt100"], .none, "vt100"),
      (["TERM": "st-256color"], .none, "st-256color"), (["TERM": "st"], .none, "st"),
      (["TERM": "rxvt-unicode-256color"], .none, "rxvt-unicode"), (["TERM": "stv52"], .plain, nil),
      (["TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"], .plain, "iTerm2"),
      (["TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"], .plain, "iTerm2"),
      (["TERM": "xterm", "XTERM_VERSION": "XTerm(379)"], .plain, "disallowedWindowOps"),
      (["TERM": "xterm", "TERM_PROGRAM": "mintty"], .plain, "AllowSetSelection"), ([:], .plain, nil),
    ] as [([String: String], ClipboardRoute.Means, String?)])
  func routes(_ environment: [String: String], _ means: ClipboardRoute.Means, _ hint: String?) {
    let route = ClipboardRoute(environment: environment)
    #expect(route.means == means)
    if let hint { #expect(route.hint?.contains(hint) == true) } else { #expect(route.hint == nil) }
  }

  @Test(
    "the answer of tmux about its terminal tells what prevents copying",
    arguments: [
      ("/dev/pts/1|xterm|XTerm(379)", #"\033]52;%p1%s;%p2%s\a"#, "terminal-overrides"),
      ("/dev/pts/1|xterm|XTerm(379)", #"\033]52;c;%p2%s\a"#, nil),
      ("/dev/pts/1|xterm-kitty|kitty(0.26)", #"\033]52;%p1%s;%p2%s\a"#, nil),
      ("/dev/pts/1|xterm-256color|", #"\033]52;%p1%s;%p2%s\a"#, nil),
      ("/dev/pts/1|foot|", nil, "set -as terminal-features ',foot:clipboard'"),
      ("/dev/pts/2|xterm|XTerm(379)", nil, "terminal-features"),
      ("/dev/pts/1|screen.xterm-256color|", #"\033]52;%p1%s;%p2%s\a"#, "GNU screen"),
      ("/dev/pts/1|screen|tmux 3.3a", nil, "set-clipboard on"), ("/dev/pts/1|vt220|", nil, "vt220"),
      ("/dev/pts/1|rxvt-unicode|", #"\033]52;%p1%s;%p2%s\a"#, "rxvt-unicode"),
    ] as [(String, String?, String?)])
  func tmuxClients(_ client: String, _ selection: String?, _ hint: String?) throws {
    let own = selection.map { [" 192: Ms: (string) \($0)"] } ?? []
    let information =
      ["Terminal 0: foot for /dev/pts/9, flags=0x3d:", " 192: Ms: (string) other"]
      + ["Terminal 1: t for /dev/pts/1, flags=0x3d:", " 191: Mr: [missing]"] + own
      + ["Terminal 2: foot for /dev/pts/8, flags=0x3d:", " 192: Ms: (string) other"]
    let found = try #require(
      TmuxClient(client: client + "\n", information: information.joined(separator: "\n")))
    if let hint { #expect(found.hint?.contains(hint) == true) } else { #expect(found.hint == nil) }
  }

  @Test(
    "a text that is no answer of tmux tells nothing",
    arguments: ["", "\n", "xterm", "||", "no server running"])
  func noTmuxClient(_ client: String) {
    #expect(TmuxClient(client: client, information: "") == nil)
  }
}

extension String {
  /// The parts after each separator.
  fileprivate func components(_ separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let found = rest.firstRange(of: separator) {
      if found.lowerBound != rest.startIndex { parts.append(String(rest[..<found.lowerBound])) }
      rest = rest[found.upperBound...]
    }
    return parts + [String(rest)]
  }
}
