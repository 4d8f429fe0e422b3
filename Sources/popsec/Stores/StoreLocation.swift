import Access
import Administration
import Foundation
import PostgresStore
import Sealing

/// The place of a store and its keys, and whether loose rights on them are accepted.
struct StoreLocation: Hashable {
  let place: Place
  let keys: KeyFolder
  let keyPlace: KeyPlace
  let allowsLooseRights: Bool

  /// Finds the place. Options have precedence over the environment, and the environment over the XDG base
  /// directories.
  init(
    store: String? = nil, keys namedKeys: String? = nil, allowsLooseRights: Bool = false,
    environment: [String: String]
  ) throws(Trouble) {
    self.allowsLooseRights = allowsLooseRights
    place = try Place(store ?? environment.filled("POPSEC_STORE") ?? Self.standard(environment), environment)
    let checksRights = !allowsLooseRights
    if let named = namedKeys ?? environment.filled("POPSEC_KEYS") {
      keys = KeyFolder(path: try absolutePath(named), checksRights: checksRights)
      keyPlace = .elsewhere
    } else if let credentials = Self.credentials(environment) {
      keys = credentials
      keyPlace = .credentials
    } else if case .folder(let folder) = place {
      keys = KeyFolder(path: folder + "/keys", checksRights: checksRights)
      keyPlace = .inStore
    } else {
      throw Trouble(
        "the keys of a store in a database are kept apart from it, and no folder of keys is named",
        hint: "name the folder with --keys or POPSEC_KEYS; each host needs its own copy of the keys",
        exitStatus: .usage)
    }
  }

  /// The place of a store that ignores options and environment.
  init(withKeysInside path: String) throws(Trouble) {
    let folder = try absolutePath(path)
    place = .folder(folder)
    keys = KeyFolder(path: folder + "/keys")
    (keyPlace, allowsLooseRights) = (.inStore, false)
  }

  /// The store's folder, as an absolute path.
  ///
  /// Errors: ``Trouble`` for a store in a database, by the commands that work on files.
  var folder: String {
    get throws(Trouble) {
      if case .folder(let path) = place { return path }
      throw Trouble(
        "the store is in a database, and this works on the files of a store in a folder",
        hint: "what PostgreSQL does instead is told in scale.md, among popsec's documents",
        exitStatus: .usage)
    }
  }

  /// Whether a text names a store in a database.
  static func isInDatabase(_ text: String) -> Bool { PostgresAddress.isMeant(by: text) }

  var isInDatabase: Bool { if case .database = place { true } else { false } }

  /// The place of the store for people, and for `--store`.
  var text: String { place.text }

  private static func standard(_ environment: [String: String]) -> String {
    xdgFolder("XDG_DATA_HOME", else: ".local/share", environment) + "/popsec"
  }

  /// The folder of systemd's credentials (systemd.exec(5)). The folder guards them, and not their mode.
  private static func credentials(_ environment: [String: String]) -> KeyFolder? {
    guard let path = environment.filled("CREDENTIALS_DIRECTORY") else { return nil }
    let folder = KeyFolder(path: path, checksRights: false)
    return folder.hasLookupKey ? folder : nil
  }
}

extension StoreLocation {
  /// Where a store is kept.
  enum Place: Hashable {
    /// In the folder of this absolute path, by SQLite.
    case folder(String)
    /// In a database of PostgreSQL.
    case database(PostgresAddress)

    /// Errors: ``Trouble``, for example where a password would show among the arguments or in the environment.
    init(_ text: String, _ environment: [String: String]) throws(Trouble) {
      guard PostgresAddress.isMeant(by: text) else {
        self = .folder(try absolutePath(text))
        return
      }
      guard environment.filled("PGPASSWORD") == nil else {
        throw Trouble(
          "the environment holds a password of PostgreSQL, in PGPASSWORD, which other processes can read",
          hint:
            "unset PGPASSWORD, and put the password into ~/.pgpass (mode 0600), or name another file by PGPASSFILE",
          exitStatus: .usage)
      }
      do { self = .database(try PostgresAddress(text)) } catch {
        throw Trouble(error.message, hint: error.hint, exitStatus: error.exitStatus)
      }
    }

    var text: String {
      switch self {
      case .folder(let path): path
      case .database(let address): address.uri
      }
    }
  }
}

/// A folder of the XDG base directory specification: the variable's value where that is an absolute path,
/// otherwise a folder in the account's home.
func xdgFolder(_ variable: String, else standard: String, _ environment: [String: String]) -> String {
  if let folder = environment.filled(variable), folder.hasPrefix("/") { return folder }
  return (environment.filled("HOME") ?? NSHomeDirectory()) + "/" + standard
}

extension [String: String] {
  /// A variable's value. An empty variable counts as unset.
  func filled(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }
}

/// An absolute path, without a `/` at its end.
private func absolutePath(_ path: String) throws(Trouble) -> String {
  guard !path.isEmpty, path.utf8.count < 4_000, !path.utf8.contains(0) else {
    throw Trouble(
      "\(quotedExcerpt(path)) is no path of a folder", hint: "a path has 1 to 4,000 bytes", exitStatus: .usage
    )
  }
  var absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  while absolute.count > 1, absolute.hasSuffix("/") { absolute.removeLast() }
  return absolute
}
