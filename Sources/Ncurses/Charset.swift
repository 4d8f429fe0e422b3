private import CNcurses
internal import Terminal
private import Glibc

/// Sets the process' locale for characters, and finds which characters can be drawn in it.
enum Charset {
  /// Sets the locale. This must happen before the screen is opened and before other threads start:
  /// setlocale(3).
  ///
  /// A locale that isn't installed, which is usual behind SSH, and the C locale, which nobody chooses on
  /// purpose, are treated as C.UTF-8. With another charset only ASCII is drawn.
  static func open(_ options: NcursesOptions) -> Repertoire {
    if options.ascii || isAncient(options.type) { return .ascii }
    let isSet = setlocale(LC_CTYPE, "") != nil
    if !isSet || !isUTF8 {
      let isMeant = options.locale == .other && isSet
      guard !isMeant, setlocale(LC_CTYPE, "C.UTF-8") != nil, isUTF8 else { return .ascii }
    }
    return options.type.hasPrefix("linux") ? .console : .unicode
  }

  private static var isUTF8: Bool {
    guard let name = nl_langinfo(Int32(CODESET)) else { return false }
    return String(cString: name) == "UTF-8"
  }

  /// Whether the terminal is older than Unicode.
  private static func isAncient(_ type: String) -> Bool {
    type.hasPrefix("vt1") || type.hasPrefix("vt2") || type.hasPrefix("vt5") || type == "ansi"
  }
}
