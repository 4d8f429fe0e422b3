package import Access
package import Sealing

/// Where a store's keys are.
package enum KeyPlace: Hashable, Sendable {
  /// In the store's folder, under the name `keys`.
  case inStore
  case elsewhere
  /// Where systemd hands them to the process (systemd.exec(5)).
  case credentials
}

/// The keys that a restored store is used with.
package struct RestoredKeys: Sendable {
  /// Where the store looks for them.
  private let folder: KeyFolder
  private let place: KeyPlace
  /// The same folder, as far as whoever owns the store is trusted with it.
  let trusted: KeyFolder
  /// A copy of the keys that is to be put there.
  private let text: KeyText?

  package init(_ folder: KeyFolder, _ place: KeyPlace, trusted: KeyFolder, text: KeyText? = nil) {
    (self.folder, self.place, self.trusted, self.text) = (folder, place, trusted, text)
  }

  /// Those under which a backup's Token IDs are kept, and which are not there, in words.
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

  /// Puts the copy of the keys where a store that is being made in a folder looks for them, and reads them.
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
    // Nothing is found or signed with these: the keys are elsewhere.
    let keys = TokenKeys.ephemeral()
    return TokenKeys(lookup: keys.lookup, seal: keys.seal)
  }
}

/// The copy of a store's keys that `backup --keys-output` wrote.
package struct KeyText: Sendable {
  let text: String
  let name: String

  /// - Parameter name: what the text was read from.
  package init(_ text: String, named name: String) throws(Trouble) {
    (self.text, self.name) = (text, name)
    guard TokenKeyKind.allCases.allSatisfy({ !KeyFolder.ids(in: text, $0).isEmpty }) else {
      throw Trouble(
        "\(name) has no keys of popsec", hint: "popsec backup --keys-output writes them", exitStatus: .badData
      )
    }
  }

  func holds(_ kind: TokenKeyKind, _ id: KeyID) -> Bool { KeyFolder.ids(in: text, kind).contains(id) }

  /// Whether all of them are in a folder already.
  func isIn(_ folder: KeyFolder) -> Bool {
    TokenKeyKind.allCases.allSatisfy { kind in
      KeyFolder.ids(in: text, kind).allSatisfy { folder.holds(kind, $0) }
    }
  }
}
