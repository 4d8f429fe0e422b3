private import CNcurses

/// The modes that ncurses doesn't know, and the bytes that restore a terminal.
struct TerminalModes {
  /// Whether the terminal reports the mouse and pasted text (terminfo's kmous says so).
  let isModern: Bool
  private let leaving: [UInt8]

  static let mouseOn = Array("\u{1B}[?1000h\u{1B}[?1006h".utf8)
  static let mouseOff = Array("\u{1B}[?1006l\u{1B}[?1000l".utf8)
  static let pasteOn = Array("\u{1B}[?2004h".utf8)
  static let pasteOff = Array("\u{1B}[?2004l".utf8)

  /// Reads the modes of the terminal whose terminfo entry is loaded.
  init() {
    isModern = Self.capability("kmous") != nil
    leaving = ["sgr0", "rmkx", "cnorm", "rmcup"].flatMap { Self.capability($0) ?? [] }
  }

  /// The bytes that switch everything off and restore the screen, for a process that can't do anything else.
  var reset: [UInt8] { (isModern ? Self.mouseOff + Self.pasteOff : []) + leaving }

  static func has(_ name: String) -> Bool { popsec_capability(name) != nil }

  /// The bytes of a capability without terminfo's padding, such as `$<5>`.
  private static func capability(_ name: String) -> [UInt8]? {
    popsec_capability(name).map { withoutPadding(Array(String(cString: $0).utf8)) }
  }

  static func withoutPadding(_ bytes: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: Array("$<".utf8)),
        let end = bytes[index...].firstIndex(of: UInt8(ascii: ">"))
      {
        index = end + 1
      } else {
        kept.append(bytes[index])
        index += 1
      }
    }
    return kept
  }
}
