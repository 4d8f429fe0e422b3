import Access
import Foundation

/// For which terminals a person has said that copying works, or does not: a JSON object in
/// `$XDG_STATE_HOME/popsec/clipboard.json`. Over SSH several people share an account, and each has another
/// terminal: for them nothing is remembered.
struct ClipboardVerdicts {
  private let folder: String?
  /// Names this terminal, as far as its environment tells it from others.
  private let terminal: String

  private static let variables = [
    "TERM", "TERM_PROGRAM", "LC_TERMINAL", "VTE_VERSION", "XTERM_VERSION", "KONSOLE_VERSION", "WT_SESSION",
  ]

  init(environment: [String: String]) {
    folder =
      Caller.current.isRemote
      ? nil : xdgFolder("XDG_STATE_HOME", else: ".local/state", environment) + "/popsec"
    var parts = Self.variables.compactMap { name in
      // A session's id is another each time; that it is there is what tells.
      environment.filled(name).map { "\(name)=\(name == "WT_SESSION" ? "yes" : excerpt($0))" }
    }
    for multiplexer in ["TMUX", "STY"] where environment.filled(multiplexer) != nil {
      parts.append(multiplexer)
    }
    terminal = parts.joined(separator: " ")
  }

  /// Nil where nobody has tried.
  var works: Bool? { all[terminal] }

  func remember(_ works: Bool) throws {
    guard let folder, let file else { return }
    var all = all
    all[terminal] = works
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try encoder.encode(all).write(to: URL(fileURLWithPath: file), options: .atomic)
    } catch {
      throw Trouble("the verdict can't be remembered in \(file)", exitStatus: .cannotCreate)
    }
  }

  private var file: String? { folder.map { $0 + "/clipboard.json" } }

  private var all: [String: Bool] {
    guard let data = file.flatMap({ FileManager.default.contents(atPath: $0) }) else { return [:] }
    return (try? JSONDecoder().decode([String: Bool].self, from: data)) ?? [:]
  }
}
