package import Terminal

/// What the person and the environment ask of the screen.
package struct NcursesOptions: Sendable {
  /// The value of TERM; empty where it isn't set.
  package var type: String
  /// Whether colours are wanted: NO_COLOR is unset or empty (no-color.org).
  package var color: Bool
  /// The colours that the person chose.
  package var theme = ColorTheme.terminal
  /// Whether only ASCII is drawn, whatever the locale says.
  package var ascii: Bool
  /// Whether clicks and the wheel are taken from the terminal.
  package var mouse: Bool
  /// Whether the cursor is shown at the selection, for people whose aids follow it.
  package var showsSelection: Bool
  /// The charset for which LC_ALL, LC_CTYPE or LANG ask.
  var locale: LocaleWish

  package init(
    environment: [String: String], ascii: Bool = false, mouse: Bool = true, showsSelection: Bool = false
  ) {
    type = environment["TERM"] ?? ""
    color = (environment["NO_COLOR"] ?? "").isEmpty
    self.ascii = ascii
    self.mouse = mouse
    self.showsSelection = showsSelection
    locale = LocaleWish(environment: environment)
  }
}

/// What the environment says about the charset.
package enum LocaleWish: Sendable, Equatable {
  /// The environment names no charset, or only the C locale, which servers have without a choice.
  case unsaid
  /// The environment asks for UTF-8, in a locale that may not be installed here.
  case utf8
  /// The environment asks for another charset on purpose.
  case other

  /// Reads the variables. LC_ALL has precedence over LC_CTYPE, and LC_CTYPE over LANG; an empty variable
  /// counts as unset (POSIX).
  package init(environment: [String: String]) {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }
    let name = names.first { !$0.isEmpty } ?? ""
    if ["", "C", "POSIX"].contains(name) {
      self = .unsaid
    } else {
      let charset = name.split(separator: ".").dropFirst().first.map { $0.prefix { $0 != "@" } }
      let plain = charset.map { $0.lowercased().filter { $0 != "-" } } ?? ""
      self = plain == "utf8" ? .utf8 : .other
    }
  }
}
