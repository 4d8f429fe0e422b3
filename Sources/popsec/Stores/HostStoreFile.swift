import Access
import Foundation
import Sealing

/// The file that names the store of a host: environment variables for the units of systemd, for shells, and for the next
/// `popsec setup`.
struct HostStoreFile {
  static let path = "/etc/popsec/store.env"
  private static let mark = "# Made by popsec setup"

  let store: String
  let keys: String

  private static let mostBytes = 65_536

  /// The text of the file; nil where there is none.
  private static func contents() throws -> String? {
    try OwnFile(path: path).bytes(atMost: mostBytes).map { String(decoding: $0, as: UTF8.self) }
  }

  /// What the file says; nil where there is none.
  ///
  /// Errors: ``Trouble`` where the file can't be read.
  static func found() throws -> HostStoreFile? {
    guard let text = try contents() else { return nil }
    var values: [Substring: String] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      values[parts[0]] = parts[1].trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
    }
    guard let store = values["POPSEC_STORE"], let keys = values["POPSEC_KEYS"] else { return nil }
    return HostStoreFile(store: store, keys: keys)
  }

  init(store: String, keys: String) { (self.store, self.keys) = (store, keys) }

  init(_ location: StoreLocation) { self.init(store: location.text, keys: location.keys.path) }

  private var text: String {
    """
    \(Self.mark): the store of this host, for popsec-gate.service, popsec-notify.service, and shells:
    # set -a; . \(Self.path)
    POPSEC_STORE="\(store)"
    POPSEC_KEYS="\(keys)"

    """
  }

  /// Whether a shell or systemd takes a character within quotation marks for more than itself.
  private static func isTakenForMore(_ character: Character) -> Bool {
    "$`\\\"".contains(character) || character.isNewline
  }

  /// Writes the file, but never in place of one that somebody else made. Returns whether it says something new.
  ///
  /// Errors: ``Trouble``.
  func write() throws -> Bool {
    for value in [store, keys] where value.contains(where: Self.isTakenForMore) {
      throw Trouble(
        "\(excerpt(value)) can't stand in \(Self.path), because shells read that file, too",
        hint: "leave out $, `, \\, quotation marks and line ends; in an address write %24 for $",
        exitStatus: .cannotCreate)
    }
    let before = try Self.contents()
    guard before != text else {
      try share()
      return false
    }
    if let before, !before.hasPrefix(Self.mark) {
      throw Trouble(
        "\(Self.path) was not made by popsec", hint: "move it away first", exitStatus: .cannotCreate)
    }
    let folder = (Self.path as NSString).deletingLastPathComponent
    guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
      throw Trouble("\(folder) can't be made: \(systemReason(errno))", exitStatus: .cannotCreate)
    }
    try OwnFile(path: Self.path).replace { try $0.encoded(text.utf8) }
    try share()
    return true
  }

  /// Lets everybody on this host read the file, whose shells need it.
  private func share() throws(Trouble) {
    guard chmod(Self.path, 0o644) == 0 else {
      throw Trouble("\(Self.path) can't be shared: \(systemReason(errno))", exitStatus: .cannotCreate)
    }
  }
}
