import Access
import ArgumentParser

/// The names at the beginning of a command, such as `token add`.
enum CommandPath {
  /// The command that the arguments of the program ask for. Options of ``GlobalOptions`` may stand before its names.
  ///
  /// Errors: ``Trouble`` where there is no such command; what ArgumentParser throws where the arguments are wrong.
  static func command(_ arguments: [String]) throws -> any ParsableCommand {
    let arguments = try arranged(arguments)
    return try alone(arguments) ?? Popsec.parseAsRoot(arguments)
  }

  /// The command, parsed without the commands above and beside it, whose setting up takes longer than most commands
  /// do. A group of commands stands for its usual one. Returns nil for help, for a group that has no usual command, and for
  /// wrong arguments: only a parse from the root knows what to say then.
  static func alone(_ arguments: [String]) -> (any ParsableCommand)? {
    let path = path(in: arguments[...])
    let named = node(at: path)
    let leaf = named.configuration.defaultSubcommand ?? named
    guard leaf.configuration.subcommands.isEmpty else { return nil }
    let command = try? leaf.parseAsRoot(Array(arguments.dropFirst(path.count)))
    return command.flatMap { type(of: $0) == leaf ? $0 : nil }
  }

  /// Moves options from before a command to after it, where ArgumentParser looks for them. So `popsec --store
  /// FOLDER token list` works as well.
  private static func arranged(_ arguments: [String]) throws(Trouble) -> [String] {
    let options = leadingOptions(arguments)
    let rest = arguments.dropFirst(options.count)
    let path = path(in: rest)
    if path.isEmpty, let word = rest.first, !word.hasPrefix("-"), word != "help" {
      throw unknown(word)
    }
    return path.isEmpty ? arguments : path + options + rest.dropFirst(path.count)
  }

  /// The options of ``GlobalOptions`` before the command.
  private static func leadingOptions(_ arguments: [String]) -> [String] {
    var count = 0
    while count < arguments.count {
      switch arguments[count] {
      case "--json", "--allow-loose-rights", "--no-header": count += 1
      case "--store", "--keys", "-o", "--output-format", "--columns": count += 2
      case let option where option.hasPrefix("-o"): count += 1
      case let option where Self.valued.contains { option.hasPrefix($0 + "=") }: count += 1
      default: return Array(arguments.prefix(count))
      }
    }
    return Array(arguments.prefix(count))
  }

  private static let valued = ["--store", "--keys", "--output-format", "--columns"]

  /// The names of the command with which the arguments begin, without the command's own arguments.
  static func names(in arguments: [String]) -> String { path(in: arguments[...]).joined(separator: " ") }

  /// Whether the arguments begin with a command, or with options.
  static func isKnown(_ arguments: [String]) -> Bool {
    guard let first = arguments.first else { return true }
    return first.hasPrefix("-") || first == "help" || !path(in: arguments[...]).isEmpty
  }

  /// Refuses words that name neither a command nor a command of a group.
  ///
  /// - Parameter topics: other words that could have been meant in place of the first one.
  static func check(_ words: [String], topics: [String]) throws(Trouble) {
    let words = words.filter { !$0.hasPrefix("-") }
    let path = path(in: words[...])
    guard path.count < words.count, path.isEmpty || !subcommands(of: path).isEmpty else { return }
    throw unknown(words[path.count], in: path, topics)
  }

  private static func node(at path: [String]) -> any ParsableCommand.Type {
    path.reduce(Popsec.self) { command, word in
      command.configuration.subcommands.first { name($0) == word } ?? command
    }
  }

  private static func subcommands(of path: [String]) -> [String] {
    node(at: path).configuration.subcommands.compactMap(name)
  }

  private static func path(in arguments: ArraySlice<String>) -> [String] {
    var path: [String] = []
    var command: any ParsableCommand.Type = Popsec.self
    for argument in arguments {
      guard let next = command.configuration.subcommands.first(where: { name($0) == argument }) else { break }
      path.append(argument)
      command = next
    }
    return path
  }

  private static func unknown(_ word: String, in path: [String] = [], _ topics: [String] = []) -> Trouble {
    let names = subcommands(of: path) + (path.isEmpty ? topics : [])
    let lead = (["popsec"] + (topics.isEmpty ? [] : ["help"]) + path).joined(separator: " ")
    let near =
      Nearest.nearest(to: word, among: names)
      ?? Nearest.names(to: word) { part in
        part.isEmpty ? [] : names.filter { $0.hasPrefix(part.lowercased()) }
      }.first
    return Trouble(
      "there is no command \(quotedExcerpt(word))",
      hint: near.map { "did you mean \(lead) \($0)?" } ?? "popsec --help lists the commands",
      exitStatus: .usage)
  }

  private static func name(_ command: any ParsableCommand.Type) -> String? {
    command.configuration.commandName
  }
}
