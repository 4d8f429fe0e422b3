import Access
import Administration
import Console
import Interchange

/// The own settings of the person who runs popsec: a file here, or a document in the store. Who comes over SSH has no
/// file. For others the file goes before the store.
struct OwnSettings: Sendable {
  /// The place of a document.
  enum Source: Hashable, Sendable {
    case file(String)
    /// The document is in the store, for the user of this name.
    case store(String)
    /// There is no document yet; the first one becomes this file.
    case nowhere(String)

    /// The place in words.
    var words: String {
      switch self {
      case .file(let path): path
      case .store(let user): "kept in the store for \(user)"
      case .nowhere(let path): "\(path) (there is none yet)"
      }
    }

    /// The place in errors, before a line number.
    var name: String {
      switch self {
      case .file(let path), .nowhere(let path): excerpt(path)
      case .store: "your settings"
      }
    }
  }

  /// A document, and where it is. Without a document the bytes are nil.
  struct Found: Sendable {
    let source: Source
    let bytes: [UInt8]?
  }

  private let administration: Administration?
  private let caller: Caller

  /// - Parameter administration: the open store; nil where only a file is looked for.
  init(_ administration: Administration?, _ caller: Caller = .current) {
    self.administration = administration
    self.caller = caller
  }

  static func path(_ environment: [String: String]) -> String {
    xdgFolder("XDG_CONFIG_HOME", else: ".config", environment) + "/popsec/config.yaml"
  }

  var vocabulary: ConfigVocabulary { ConfigVocabulary(timeZones: .system) }

  /// Finds the document.
  ///
  /// Errors: ``Trouble`` for a file that can't be read, and what reading the store throws.
  func find() throws -> Found {
    let path = Self.path(caller.environment)
    if !caller.isRemote {
      if let bytes = try OwnFile(path: path).bytes(atMost: ConfigDocument.maximumByteCount) {
        return Found(source: .file(path), bytes: bytes)
      }
    }
    let kept = try administration?.consoleSettings()
    let user = administration?.operating.actor.name ?? ""
    if let kept { return Found(source: .store(user), bytes: Array(kept.utf8)) }
    return Found(source: caller.isRemote ? .store(user) : .nowhere(path), bytes: nil)
  }

  /// The settings in effect.
  ///
  /// Errors: as of ``find()``, and ``ConfigErrors``.
  func read() throws -> (config: ConsoleConfig, source: Source) {
    let found = try find()
    guard let bytes = found.bytes else { return (.standard, found.source) }
    return (try ConsoleConfig.read(bytes, named: found.source.name, vocabulary), found.source)
  }

  /// The settings with which the console opens. Where they can't be read, these are the usual ones, and the console says
  /// what is wrong.
  func forConsole() -> (config: ConsoleConfig, greeting: Toast?) {
    do { return (try read().config, nil) } catch {
      let what = (error as? ConfigErrors)?.lines.first ?? Problem(error).message
      return (
        .standard,
        Toast(
          "the usual settings are in effect, since yours can't be read: \(what); popsec config check tells all",
          .warning)
      )
    }
  }

  /// Keeps one part of the settings where they come from. Returns what went wrong; nil where the part is kept.
  @Sendable func keep(_ key: ConfigKey, of config: ConsoleConfig) -> Problem? {
    do {
      let found = try find()
      let text = String(decoding: found.bytes ?? [], as: UTF8.self)
      let changed = try ConsoleConfig.text(text, setting: key, vocabulary) { $0.take(key, of: config) }
      switch found.source {
      case .file(let path), .nowhere(let path): try OwnFile(path: path).write(changed)
      case .store: try administration?.keepConsoleSettings(changed)
      }
      return nil
    } catch {
      let what = (error as? ConfigErrors)?.lines.first ?? Problem(error).message
      return Problem("this goes for now, and is not kept: \(what)", hint: "popsec config check tells all")
    }
  }
}
