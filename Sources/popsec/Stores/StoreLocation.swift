import Access
import Administration
import Foundation
import Sealing

/// The place of a store and its keys, and whether loose rights on them are accepted.
struct StoreLocation: Hashable {
  /// The store's folder, as an absolute path.
  let folder: String
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
    folder = try absolutePath(store ?? environment.filled("POPSEC_STORE") ?? Self.standard(environment))
    let checksRights = !allowsLooseRights
    if let named = namedKeys ?? environment.filled("POPSEC_KEYS") {
      keys = KeyFolder(path: try absolutePath(named), checksRights: checksRights)
      keyPlace = .elsewhere
    } else if let credentials = Self.credentials(environment) {
      keys = credentials
      keyPlace = .credentials
    } else {
      keys = KeyFolder(path: folder + "/keys", checksRights: checksRights)
      keyPlace = .inStore
    }
  }

  /// The place of a store that ignores options and environment.
  init(withKeysInside path: String) throws(Trouble) {
    folder = try absolutePath(path)
    keys = KeyFolder(path: folder + "/keys")
    (keyPlace, allowsLooseRights) = (.inStore, false)
  }

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
