package import Access
private import Foundation

/// The description that a backup has of itself. It stands after the copied databases, and is followed by a
/// line of fixed length. So a missing end and a change anywhere are both detected.
package struct BackupManifest: Codable, Hashable, Sendable {
  /// A part of the file: the number of bytes from the end of the part before.
  package struct Part: Codable, Hashable, Sendable {
    package let byteCount: Int
    package let sha256: String

    package init(byteCount: Int, sha256: String) {
      self.byteCount = byteCount
      self.sha256 = sha256
    }
  }

  /// The head of the audit log, with its signature where it was signed.
  package struct Head: Codable, Hashable, Sendable {
    package let row: Int64
    package let hash: String
    package let at: String
    /// The id of the signing key, and the 64 bytes of the signature, in hexadecimal digits.
    package let key: String?
    package let signature: String?

    package init(_ head: AuditHead, signature: AuditSignature? = nil) {
      row = head.sequence
      hash = hex(head.hash)
      at = head.at.description
      key = signature?.key
      self.signature = signature.map { hex($0.bytes) }
    }

    package var head: AuditHead? {
      guard let bytes = bytes(hex: hash), bytes.count == 32, let time = Timestamp(at) else { return nil }
      return AuditHead(sequence: row, hash: bytes, at: time)
    }
  }

  package let store: String
  package let schemaVersion: Int
  package let madeAt: String
  /// The version of the program that made the backup.
  package let popsec: String
  package let database: Part
  /// The records of gates; nil where no gate ever wrote any.
  package let uses: Part?
  package let head: Head
  /// The last head that was signed.
  package let signedHead: Head?
  /// The ids of the keys under which the store's Token IDs are kept.
  package let lookupKeys: [String]
  package let sealKeys: [String]

  package init(
    store: StoreID, schemaVersion: Int, madeAt: Timestamp, popsec: String, database: Part, uses: Part?,
    contents: BackupContents
  ) {
    self.store = store.rawValue
    self.schemaVersion = schemaVersion
    self.madeAt = madeAt.description
    self.popsec = popsec
    self.database = database
    self.uses = uses
    head = Head(contents.head)
    signedHead = contents.signedHead.map { Head($0.head, signature: $0.signature) }
    lookupKeys = contents.keys[.lookup, default: []].map(\.rawValue).sorted()
    sealKeys = contents.keys[.seal, default: []].map(\.rawValue).sorted()
  }

  // MARK: As bytes

  package static let format = "popsec-backup-1"
  private static let lengthDigits = 10
  /// The length of the last line: the format, the manifest's length, its SHA-256, and the line's end.
  package static let lastLineByteCount = format.utf8.count + 1 + lengthDigits + 1 + 64 + 1

  /// The bytes that are written after the databases.
  package var trailer: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let manifest = Array(try encoder.encode(self))
      let length = String(manifest.count)
      let zeros = String(repeating: "0", count: Self.lengthDigits - length.count)
      return manifest + Array("\(Self.format) \(zeros)\(length) \(Self.digest(manifest))\n".utf8)
    }
  }

  /// The length of the manifest before the last line, and the manifest's SHA-256; nil where the line is
  /// malformed.
  package static func lastLine(_ bytes: [UInt8]) -> (byteCount: Int, sha256: String)? {
    guard bytes.count == lastLineByteCount, bytes.last == UInt8(ascii: "\n") else { return nil }
    let words = String(decoding: bytes.dropLast(), as: UTF8.self).split(separator: " ")
    guard words.count == 3, words[0] == format, words[1].utf8.count == lengthDigits,
      let count = Int(words[1]), count > 0, words[2].utf8.count == 64
    else { return nil }
    return (count, String(words[2]))
  }

  /// Reads a manifest. It fails where the bytes are not the written ones, or hold what popsec does not write.
  /// The sum of the two parts' lengths does not overflow.
  package init?(_ bytes: [UInt8], sha256: String) {
    guard Self.digest(bytes) == sha256,
      let manifest = try? JSONDecoder().decode(BackupManifest.self, from: Data(bytes)),
      StoreID(rawValue: manifest.store) != nil, manifest.head.head != nil,
      manifest.head.row > 0,
      manifest.database.byteCount > 0, manifest.uses?.byteCount ?? 1 > 0,
      !manifest.database.byteCount.addingReportingOverflow(manifest.uses?.byteCount ?? 0).overflow
    else { return nil }
    self = manifest
  }

  private static func digest(_ bytes: [UInt8]) -> String {
    var digest = FileDigest()
    bytes.withUnsafeBytes { digest.add($0) }
    return digest.digits
  }
}
