/// An SSH public key as it stands in one line of authorized_keys (sshd(8)), without options.
///
/// Only the kinds that sshd accepts today are allowed: Ed25519, ECDSA on NIST's curves, RSA of 2,048 to
/// 16,384 bits, and the security-key forms of the first two (RFC 4253 6.6, RFC 8709, RFC 5656, OpenSSH
/// PROTOCOL.u2f).
package struct SSHPublicKey: Hashable, Sendable, CustomStringConvertible {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case ed25519 = "ssh-ed25519"
    case ecdsa256 = "ecdsa-sha2-nistp256"
    case ecdsa384 = "ecdsa-sha2-nistp384"
    case ecdsa521 = "ecdsa-sha2-nistp521"
    case rsa = "ssh-rsa"
    case securityEd25519 = "sk-ssh-ed25519@openssh.com"
    case securityECDSA = "sk-ecdsa-sha2-nistp256@openssh.com"
  }

  package let kind: Kind
  /// The bytes that the second field encodes (RFC 4253 6.6).
  package let blob: [UInt8]
  /// The comment: harmless text of at most 200 characters, which may be empty.
  package let comment: String

  /// Reads one line. Errors: ``SSHPublicKeyProblem``, which repeats nothing of the line.
  package init(_ raw: String) throws(SSHPublicKeyProblem) {
    let line = String(raw.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    guard !line.isEmpty else { throw .empty }
    guard line.utf8.count <= 16_384 else { throw .tooLong }
    guard !line.contains("PRIVATE KEY") else { throw .privateKey }
    guard !line.contains(where: \.isNewline) else { throw .severalLines }
    let fields = line.split(maxSplits: 2, omittingEmptySubsequences: true) { $0 == " " || $0 == "\t" }
    guard let first = fields.first, let kind = Kind(rawValue: String(first)) else {
      throw Self.problem(ofFirst: fields.first.map(String.init) ?? "", line)
    }
    guard fields.count > 1, let blob = Base64Text.decode(fields[1]) else { throw .malformed }
    try Self.check(blob, kind)
    self.kind = kind
    self.blob = blob
    comment = try Self.comment(fields.count > 2 ? String(fields[2].drop { $0.isWhitespace }) : "")
  }

  /// The line as in authorized_keys, with the comment at the end.
  package var description: String { comment.isEmpty ? material : material + " " + comment }

  /// The kind and the key without the comment. Two lines with the same key have the same material.
  package var material: String { kind.rawValue + " " + Base64Text.encode(blob) }

  private static func comment(_ text: String) throws(SSHPublicKeyProblem) -> String {
    guard text.count <= 200, (try? NameScalars.check(text)) != nil else { throw .badComment }
    guard !TokenID.isContained(in: text) else { throw .tokenID }
    return text
  }

  /// The reason why the first word is not an accepted kind of key.
  private static func problem(ofFirst word: String, _ line: String) -> SSHPublicKeyProblem {
    if TokenID.isContained(in: line) { return .tokenID }
    if word == "ssh-dss" || word.contains("-cert-v0") { return .kindNotTaken }
    let isKnownLater = Kind.allCases.contains { line.contains(" " + $0.rawValue + " ") }
    return isKnownLater || word.contains("=") || word == "restrict" ? .options : .notAKey
  }

  private static func check(_ blob: [UInt8], _ kind: Kind) throws(SSHPublicKeyProblem) {
    var reader = SSHWire(blob)
    guard reader.string() == Array(kind.rawValue.utf8) else { throw .malformed }
    let isRight: Bool
    switch kind {
    case .ed25519: isRight = reader.string()?.count == 32
    case .securityEd25519: isRight = reader.string()?.count == 32 && reader.string()?.isEmpty == false
    case .ecdsa256: isRight = reader.curve("nistp256", pointByteCount: 65)
    case .ecdsa384: isRight = reader.curve("nistp384", pointByteCount: 97)
    case .ecdsa521: isRight = reader.curve("nistp521", pointByteCount: 133)
    case .securityECDSA:
      isRight = reader.curve("nistp256", pointByteCount: 65) && reader.string()?.isEmpty == false
    case .rsa:
      guard let exponent = reader.string(), let modulus = reader.string(), !exponent.isEmpty else {
        throw .malformed
      }
      guard (2_048...16_384).contains(SSHWire.bitCount(modulus)) else { throw .weak }
      isRight = true
    }
    guard isRight, reader.isAtEnd else { throw .malformed }
  }
}

/// The reason why a text is not an accepted SSH public key.
package enum SSHPublicKeyProblem: Complaint, Hashable {
  case empty, notAKey, options, privateKey, severalLines, malformed, kindNotTaken, weak, tooLong, badComment
  case tokenID

  package var message: String {
    switch self {
    case .empty: "there is no key"
    case .notAKey: "this is no SSH public key"
    case .options: "the key has options before it"
    case .privateKey: "this is a private key"
    case .severalLines: "this is more than one line"
    case .malformed: "the SSH public key is damaged or cut short"
    case .kindNotTaken: "keys of this kind are not taken"
    case .weak: "the RSA key has fewer than 2,048 bits, or more than 16,384"
    case .tooLong: "an SSH public key has at most 16,384 bytes"
    case .badComment: "the key's comment has control characters, or more than 200 characters"
    case .tokenID: "this holds a Token ID"
    }
  }

  package var hint: String? {
    switch self {
    case .options: "paste the key alone, from ssh-ed25519 or the like on: popsec sets the options"
    case .privateKey: "it must stay with its owner; paste the line of the file that ends in .pub"
    case .kindNotTaken, .weak: "make a new one: ssh-keygen -t ed25519"
    case .severalLines: "add one key at a time"
    case .badComment: "leave the comment out"
    case .tokenID: "a Token ID is a secret; paste the line of the file that ends in .pub"
    default: "paste the whole line of the file that ends in .pub, such as ~/.ssh/id_ed25519.pub"
    }
  }

  package var exitStatus: ExitStatus { .badData }
}
