/// What the person and the environment want of the screen.
package struct NcursesOptions: Sendable {
  /// TERM; empty where it isn't set.
  package var type: String
  /// Colours are wanted: NO_COLOR is unset or empty (no-color.org).
  package var color: Bool
  /// Only ASCII is to be drawn, whatever the locale says.
  package var ascii: Bool
  /// Clicks and the wheel are taken from the terminal.
  package var mouse: Bool
  /// The cursor is seen at what is selected, too, for those whom it leads.
  package var showsSelection: Bool
  /// The charset that LC_ALL, LC_CTYPE or LANG ask for.
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
  /// Nothing, or only the C locale, which servers have without meaning it.
  case unsaid
  /// A locale in UTF-8, which may or may not be installed here.
  case utf8
  /// Another charset, on purpose.
  case other

  /// LC_ALL goes before LC_CTYPE before LANG; an empty one counts as unset (POSIX).
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
