import Access
import Administration
import Foundation
import Sealing

/// Where a store and its keys are, and whether loose rights on them are put up with.
struct StoreLocation: Hashable {
  /// An absolute path.
  let folder: String
  let keys: KeyFolder
  let keyPlace: KeyPlace
  let allowsLooseRights: Bool

  /// Options go before the environment, and that before the XDG base directories.
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

  /// A store that has nothing to do with options and environment.
  init(withKeysInside path: String) throws(Trouble) {
    folder = try absolutePath(path)
    keys = KeyFolder(path: folder + "/keys")
    (keyPlace, allowsLooseRights) = (.inStore, false)
  }

  private static func standard(_ environment: [String: String]) -> String {
    xdgFolder("XDG_DATA_HOME", else: ".local/share", environment) + "/popsec"
  }

  /// systemd's credentials (systemd.exec(5)): their folder guards them, not their mode.
  private static func credentials(_ environment: [String: String]) -> KeyFolder? {
    guard let path = environment.filled("CREDENTIALS_DIRECTORY") else { return nil }
    let folder = KeyFolder(path: path, checksRights: false)
    return folder.hasLookupKey ? folder : nil
  }
}

/// A folder of the XDG base directory specification: what the variable says, where that is an
/// absolute path, else one in the account's home.
func xdgFolder(_ variable: String, else standard: String, _ environment: [String: String]) -> String {
  if let folder = environment.filled(variable), folder.hasPrefix("/") { return folder }
  return (environment.filled("HOME") ?? NSHomeDirectory()) + "/" + standard
}

extension [String: String] {
  /// A variable's value, where it has one: an empty variable counts as unset.
  func filled(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }
}

/// A path from the root on, without a `/` at its end.
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
