package import Access
private import Crypto
private import Foundation

/// The secrets that a receiver of notices shares, by which the receiver knows who sent an event (Standard Webhooks,
/// symmetric signatures). Two of them while one takes the place of the other.
package struct WebhookSecret: Sendable {
  private let keys: [SymmetricKey]

  package static let prefix = "whsec_"
  /// Bytes that a secret has, as Standard Webhooks has it.
  package static let byteCounts = 24...64
  private static let maximumCount = 2

  /// Reads one secret a line, `whsec_` and base64; nil where the text is something else.
  package init?(_ text: String) {
    let lines = text.split(whereSeparator: \.isNewline)
    guard (1...Self.maximumCount).contains(lines.count) else { return nil }
    var keys: [SymmetricKey] = []
    for line in lines {
      guard line.hasPrefix(Self.prefix), let bytes = Base64Text.decode(line.dropFirst(Self.prefix.count)),
        Self.byteCounts.contains(bytes.count)
      else { return nil }
      keys.append(SymmetricKey(data: bytes))
    }
    self.keys = keys
  }

  /// Reads a file that nobody but its owner may read, and that belongs to this account or to root.
  ///
  /// - Parameter checksRights: false for systemd's credentials, which their folder guards (systemd.exec(5)).
  ///
  /// Errors: ``SealingError``; ``WebhookSecretProblem`` where the file has no secret.
  package init(file path: String, checksRights: Bool) throws {
    let folder = KeyFolder(
      path: (path as NSString).deletingLastPathComponent, checksRights: checksRights)
    let text: String
    do { text = try folder.readSmallFile(path, tolerating: 0) } catch {
      switch error {
      case .missing: throw WebhookSecretProblem.missing(path: path)
      case .malformed: throw WebhookSecretProblem.malformed(path: path)
      case .looseRights(let path, let mode): throw WebhookSecretProblem.looseRights(path: path, mode: mode)
      default: throw error
      }
    }
    guard let secret = WebhookSecret(text) else { throw WebhookSecretProblem.malformed(path: path) }
    self = secret
  }

  /// What the header `webhook-signature` has: of each secret `v1,` and the HMAC-SHA256 of `id.time.body` in base64, with
  /// a space between.
  ///
  /// - Parameter time: of the attempt.
  package func signature(id: String, time: Timestamp, body: String) -> String {
    let signed = Data("\(id).\(time.secondsSince1970).\(body)".utf8)
    return keys.map { key in
      "v1," + Base64Text.encode(Array(HMAC<SHA256>.authenticationCode(for: signed, using: key)))
    }.joined(separator: " ")
  }
}

/// Why a file has no secret to sign notices with. The text of the file is not repeated.
package enum WebhookSecretProblem: Complaint, Hashable {
  case missing(path: String)
  case malformed(path: String)
  case looseRights(path: String, mode: String)

  package var message: String {
    switch self {
    case .missing(let path): "there is no secret for notices at \(path)"
    case .malformed(let path): "\(path) has no secret for notices, or more than two"
    case .looseRights(let path, let mode):
      "the secret at \(path) has mode \(mode), so that others may read it"
    }
  }

  package var hint: String? {
    switch self {
    case .missing, .malformed:
      "a secret is whsec_ and 24 to 64 bytes in base64: "
        + "(umask 077; echo whsec_$(openssl rand -base64 32) > FILE)"
    case .looseRights(let path, _): "chmod 0600 \(path)"
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .missing: .noInput
    case .malformed: .badData
    case .looseRights: .notPermitted
    }
  }
}
