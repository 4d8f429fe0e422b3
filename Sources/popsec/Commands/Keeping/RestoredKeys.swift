import Access
import Administration
import Foundation
import Sealing

/// Whether the keys under which a backup's Token IDs are kept are where the restored store will look for them.
struct RestoredKeys {
  private let needed: [(kind: TokenKeyKind, id: KeyID)]

  init(_ manifest: BackupManifest) {
    let ids = [(TokenKeyKind.lookup, manifest.lookupKeys), (.seal, manifest.sealKeys)]
    needed = ids.flatMap { kind, ids in ids.compactMap { KeyID(rawValue: $0) }.map { (kind, $0) } }
  }

  /// Those that are missing, in words.
  func missing(from location: StoreLocation, _ text: KeyText?) throws -> [String] {
    if let text { return words { text.holds($0, $1) } }
    guard access(location.keys.file(.lookup), F_OK) == 0 else {
      return needed.isEmpty ? ["lookup", "seal"] : words { _, _ in false }
    }
    return words { location.trustedKeys.holds($0, $1) }
  }

  private func words(_ isThere: (TokenKeyKind, KeyID) -> Bool) -> [String] {
    needed.filter { !isThere($0.kind, $0.id) }.map { "\($0.kind.rawValue) \($0.id.rawValue)" }
  }
}

/// The copy of a store's keys that `backup --keys-output` wrote.
struct KeyText {
  let text: String
  let name: String

  private static let maximumByteCount = 4_096

  init(_ path: String) throws {
    let file = InputFile(path: path)
    name = file.name
    let bytes = try file.withDescriptor { descriptor in
      try InputFile.bytes(of: descriptor, named: file.name, atMost: Self.maximumByteCount)
    }
    text = String(decoding: bytes, as: UTF8.self)
    guard !KeyFolder.ids(in: text, .lookup).isEmpty, !KeyFolder.ids(in: text, .seal).isEmpty else {
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

extension KeyFolder {
  /// Nil where there is no lookup key.
  func loadIfThere() throws -> TokenKeys? {
    access(file(.lookup), F_OK) == 0 ? try load() : nil
  }
}

extension TokenKeys {
  /// For a store whose keys are elsewhere: nothing is found or signed with them.
  static var ephemeralWithoutAudit: TokenKeys {
    let keys = ephemeral()
    return TokenKeys(lookup: keys.lookup, seal: keys.seal)
  }
}
