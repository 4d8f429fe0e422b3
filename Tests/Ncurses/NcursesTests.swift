import Testing

@testable import Ncurses

@Suite("where no screen can be shown")
struct RefusalTests {
  @Test(
    "the charset is taken from the first variable that is set",
    arguments: [
      ([:], .unsaid), (["LANG": "C"], .unsaid), (["LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"], .unsaid),
      (["LANG": "de_DE.UTF-8"], .utf8), (["LC_ALL": "", "LC_CTYPE": "en_US.utf8"], .utf8),
      (["LC_ALL": "en_US.ISO-8859-1", "LANG": "C.UTF-8"], .other), (["LANG": "de_DE@euro"], .other),
      (["LANG": "de_DE.UTF-8@euro"], .utf8), (["LANG": "de_DE"], .other),
    ] as [([String: String], LocaleWish)])
  func locale(_ environment: [String: String], _ wish: LocaleWish) {
    #expect(LocaleWish(environment: environment) == wish)
  }

  @Test("an empty NO_COLOR doesn't count", arguments: [("", true), ("1", false), ("0", false)])
  func noColor(_ value: String, _ color: Bool) {
    #expect(NcursesOptions(environment: ["NO_COLOR": value]).color == color)
    #expect(NcursesOptions(environment: [:]).color)
  }

  @Test("every refusal says what to do, in lower case without a full stop, and exits 64")
  func errors() {
    let all = [
      TerminalError.notATerminal, .noType, .noDatabase, .tooSimple("dumb"), .unknown("nonsense"),
    ]
    for error in all {
      #expect(error.exitCode == 64)
      #expect(!error.hint.isEmpty)
      #expect(!error.message.hasSuffix(".") && !error.hint.hasSuffix("."))
      #expect(error.message.first?.isLowercase == true || error == .noType)
    }
  }

  @Test(
    "padding is no part of what is sent",
    arguments: [
      ("\u{1B}[m\u{F}$<2>", "\u{1B}[m\u{F}"), ("a$<5/>b$<10*>", "ab"), ("$", "$"), ("a$<5", "a$<5"),
    ])
  func padding(_ capability: String, _ bytes: String) {
    #expect(TerminalModes.withoutPadding(Array(capability.utf8)) == Array(bytes.utf8))
  }
}
