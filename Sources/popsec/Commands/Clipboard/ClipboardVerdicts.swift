import Access

/// The terminals for which a person said that copying works, or does not work.
struct ClipboardVerdicts {
  private let file: StateFile<Bool>
  /// The name of this terminal, as far as its environment distinguishes it from others.
  private let terminal: String

  private static let variables = [
    "TERM", "TERM_PROGRAM", "LC_TERMINAL", "VTE_VERSION", "XTERM_VERSION", "KONSOLE_VERSION", "WT_SESSION",
  ]

  init(environment: [String: String]) {
    file = StateFile("clipboard.json", of: .current, environment)
    var parts = Self.variables.compactMap { name in
      // The id of a session differs each time, so only its presence is used.
      environment.filled(name).map { "\(name)=\(name == "WT_SESSION" ? "yes" : excerpt($0))" }
    }
    for multiplexer in ["TMUX", "STY"] where environment.filled(multiplexer) != nil {
      parts.append(multiplexer)
    }
    terminal = parts.joined(separator: " ")
  }

  /// Whether copying works; nil where nobody has tried.
  var works: Bool? { file.all[terminal] }

  func remember(_ works: Bool) throws {
    var all = file.all
    all[terminal] = works
    do { try file.write(all) } catch {
      throw Trouble("the verdict can't be remembered in \(file.path ?? "")", exitStatus: .cannotCreate)
    }
  }
}
