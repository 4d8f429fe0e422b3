internal import Access

/// A command of popsec, which a message prints so that a person can run it.
struct PopsecCommand: Hashable {
  let words: [String]
  let arguments: [String]
  var options: [Option]

  struct Option: Hashable {
    let name: String
    /// Nil for a flag.
    let value: String?

    init(_ name: String, _ value: String? = nil) { (self.name, self.value) = (name, value) }
  }

  init(_ words: [String], _ arguments: [String] = [], _ options: [Option] = []) {
    (self.words, self.arguments, self.options) = (words, arguments, options)
  }

  /// The words of the command line. A name that begins with a hyphen is kept from being read as an option.
  var allWords: [String] {
    let named = options.flatMap { option -> [String] in
      guard let value = option.value else { return ["--" + option.name] }
      return value.hasPrefix("-") ? ["--\(option.name)=\(value)"] : ["--" + option.name, value]
    }
    let isOdd = arguments.contains { $0.hasPrefix("-") }
    return ["popsec"] + words + (isOdd ? [] : arguments) + named + (isOdd ? ["--"] + arguments : [])
  }
}

extension PopsecCommand {
  /// A command about an account, as in `popsec api-user role NAME`.
  static func account(
    _ kind: AccountKind, _ verb: String, _ name: String, _ options: [Option] = []
  ) -> PopsecCommand {
    PopsecCommand([kind.option, verb], [name], options)
  }

  static func team(_ verb: String, _ name: String, _ options: [Option] = []) -> PopsecCommand {
    PopsecCommand(["team", verb], [name], options)
  }

  static func token(
    _ verb: String, _ name: String, of owner: String, _ kind: AccountKind, _ options: [Option] = []
  ) -> PopsecCommand {
    PopsecCommand(["token", verb], [owner, name], (kind == .user ? [Option("user")] : []) + options)
  }

  /// A command about a grant. The owner is the option that names who has the grant.
  static func grant(
    _ verb: String, of owner: Option, on connector: String, _ options: [Option] = []
  ) -> PopsecCommand {
    PopsecCommand(["grant", verb], [], [owner, Option("connector", connector)] + options)
  }
}

extension AccountKind {
  /// The word for the kind in commands: the name of their group, and of the option that names one.
  var option: String { self == .user ? "user" : "api-user" }
}

extension ItemKind {
  /// The option that names an item of this kind.
  var option: String { self == .listAction ? "list-action" : rawValue }
}
