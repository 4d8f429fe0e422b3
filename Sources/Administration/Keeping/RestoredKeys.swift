package import Access
package import Sealing

/// The place of a store's keys.
package enum KeyPlace: Hashable, Sendable {
  /// The folder `keys` within the store's folder.
  case inStore
  case elsewhere
  /// The place at which systemd gives the keys to the process (systemd.exec(5)).
  case credentials
}

/// The keys with which a restored store is used.
package struct RestoredKeys: Sendable {
  /// The folder in which the store looks for the keys.
  private let folder: KeyFolder
  private let place: KeyPlace
  /// The same folder, whose keys are accepted if the store's owner owns them.
  let trusted: KeyFolder
  /// A copy of the keys that is to be put there.
  private let text: KeyText?

  package init(_ folder: KeyFolder, _ place: KeyPlace, trusted: KeyFolder, text: KeyText? = nil) {
    (self.folder, self.place, self.trusted, self.text) = (folder, place, trusted, text)
  }

  /// The missing keys under which a backup's Token IDs are kept, in words.
  func missing(for manifest: BackupManifest) -> [String] {
    let needed = [(TokenKeyKind.lookup, manifest.lookupKeys), (.seal, manifest.sealKeys)].flatMap {
      kind, ids in
      ids.compactMap { KeyID(rawValue: $0) }.map { (kind: kind, id: $0) }
    }
    func words(_ isThere: (TokenKeyKind, KeyID) -> Bool) -> [String] {
      needed.filter { !isThere($0.kind, $0.id) }.map { "\($0.kind.rawValue) \($0.id.rawValue)" }
    }
    if let text { return words(text.holds) }
    guard folder.hasLookupKey else {
      return needed.isEmpty ? ["lookup", "seal"] : words { _, _ in false }
    }
    return words(trusted.holds)
  }

  /// Puts the copy of the keys to the place where the new store looks for them, and reads them.
  func furnish(_ store: String, sharedWith group: UInt32?) throws -> TokenKeys {
    let target =
      place == .inStore ? KeyFolder(path: store + "/keys", checksRights: folder.checksRights) : folder
    if let text, !text.isIn(target) {
      guard place != .credentials else {
        throw Trouble(
          "systemd's credentials can't be written", hint: "name a folder with --keys", exitStatus: .usage)
      }
      try target.create(from: text.text, named: text.name, sharedWith: group)
    }
    if target.hasLookupKey { return try target.load() }
    // The keys are elsewhere, so nothing is found or signed with these.
    let keys = TokenKeys.ephemeral()
    return TokenKeys(lookup: keys.lookup, seal: keys.seal)
  }
}

/// The copy of a store's keys that `backup --keys-output` wrote.
package struct KeyText: Sendable {
  let text: String
  let name: String

  /// - Parameter name: the name of the file from which the text was read.
  package init(_ text: String, named name: String) throws(Trouble) {
    (self.text, self.name) = (text, name)
    guard TokenKeyKind.allCases.allSatisfy({ !KeyFolder.ids(in: text, $0).isEmpty }) else {
      throw Trouble(
        "\(name) has no keys of popsec", hint: "popsec backup --keys-output writes them", exitStatus: .badData
      )
    }
  }

  func holds(_ kind: TokenKeyKind, _ id: KeyID) -> Bool { KeyFolder.ids(in: text, kind).contains(id) }

  /// Whether all keys are in a folder already.
  func isIn(_ folder: KeyFolder) -> Bool {
    TokenKeyKind.allCases.allSatisfy { kind in
      KeyFolder.ids(in: text, kind).allSatisfy { folder.holds(kind, $0) }
    }
  }
}
