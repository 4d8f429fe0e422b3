package import Access
private import Crypto
private import Foundation

extension DecoyDigest {
  /// The digest of a Token ID. A Token ID has 190 random bits, so that nobody finds it by its digest.
  package init(of id: TokenID) {
    var digest = SHA256()
    digest.update(data: Data("popsec decoy 1".utf8))
    digest.update(data: Data(id.revealed.utf8))
    var value = SIMD32<UInt8>()
    for (index, byte) in digest.finalize().enumerated() { value[index] = byte }
    self.init(value)
  }
}

/// The decoys of a store, as the file with the keys has them: a first line with the format and the number of decoys,
/// then a JSON object for each.
package struct DecoyList: Hashable, Sendable {
  package private(set) var decoys: [Decoy]
  private let byDigest: [DecoyDigest: Int]
  private let byToken: [TokenRowID: Int]

  /// So many decoys a file has at most.
  package static let maximumCount = 1_000
  static let format = "popsec-decoys-1"

  package init(_ decoys: [Decoy] = []) {
    self.decoys = decoys
    let indexed = decoys.enumerated()
    byDigest = Dictionary(indexed.map { ($1.digest, $0) }) { first, _ in first }
    byToken = Dictionary(indexed.compactMap { index, decoy in decoy.token.map { ($0, index) } }) { first, _ in
      first
    }
  }

  /// The decoy that has the digest; nil for any other Token ID.
  package subscript(digest: DecoyDigest) -> Decoy? { byDigest[digest].map { decoys[$0] } }

  /// The decoy whose token it is, also where the token was given another Token ID meanwhile.
  package subscript(token: TokenRowID) -> Decoy? { byToken[token].map { decoys[$0] } }

  package func adding(_ decoy: Decoy) -> DecoyList { DecoyList(decoys + [decoy]) }
  package func removing(_ id: DecoyID) -> DecoyList { DecoyList(decoys.filter { $0.id != id }) }

  // MARK: The file

  private struct Line: Codable {
    let id: String
    /// In base64.
    let digest: String
    let made: String
    let name: String
    let token: String?
  }

  /// The text of the file. Errors: `EncodingError`, which no decoy causes.
  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let lines = try decoys.map { decoy in
      String(
        decoding: try encoder.encode(
          Line(
            id: decoy.id.description, digest: Base64Text.encode(decoy.digest.bytes),
            made: decoy.madeAt.description, name: decoy.name, token: decoy.token?.description)), as: UTF8.self
      )
    }
    return (["\(Self.format) \(decoys.count)"] + lines).map { $0 + "\n" }.joined()
  }

  /// Reads the text of a file; nil where it is damaged. A file that was cut is damaged.
  init?(text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.popLast() == "", let first = lines.first else { return nil }
    let words = first.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 2, words[0] == Self.format, words[1] == "\(lines.count - 1)",
      lines.count - 1 <= Self.maximumCount
    else { return nil }
    let decoys = lines.dropFirst().compactMap(Self.decoy)
    guard decoys.count == lines.count - 1 else { return nil }
    self.init(decoys)
  }

  private static func decoy(_ line: Substring) -> Decoy? {
    // A line that is no such object is damage, and is reported as that.
    guard let line = try? JSONDecoder().decode(Line.self, from: Data(line.utf8)),
      let id = DecoyID(line.id), let bytes = Base64Text.decode(line.digest),
      let digest = DecoyDigest(bytes: bytes), let made = Timestamp(line.made)
    else { return nil }
    let token = line.token.map { TokenRowID($0) }
    if case .some(nil) = token { return nil }
    return Decoy(id: id, digest: digest, madeAt: made, token: token ?? nil, name: line.name)
  }
}

/// Why the decoys can't be read or kept.
package enum DecoyTrouble: Complaint, Hashable {
  /// There is no file: whether there are decoys is not known.
  case missing(path: String)
  /// The file can't be trusted or read; the reason is that of a key.
  case file(SealingError)
  case malformed(path: String)
  case full
  case notWritable(path: String, reason: String)

  package var message: String {
    switch self {
    case .missing(let path): "there is no file of decoys at \(path)"
    case .file(let error): error.message.replacing("the key at", with: "the file of decoys at")
    case .malformed(let path): "the file of decoys at \(path) is damaged, or is a newer popsec's"
    case .full: "there are \(DecoyList.maximumCount) decoys, and no more are kept"
    case .notWritable(let path, let reason): "the file of decoys at \(path) can't be written: \(reason)"
    }
  }

  package var hint: String? {
    switch self {
    case .missing: "popsec token decoy makes the first one; after a restore, put a copy of the file back"
    case .file(.notReadable): "run it as the owner of the store"
    case .file(let error): error.hint
    case .malformed: "put a copy of the file back, or move it away and make new decoys"
    case .full: "popsec token decoy --remove ID takes one out"
    case .notWritable: "run it as the owner of the store"
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .missing: .noInput
    case .file(let error): error.exitStatus
    case .malformed: .badData
    case .full, .notWritable: .cannotCreate
    }
  }
}
