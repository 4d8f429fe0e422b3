import Access
import Administration

/// An SSH public key in the list of its user's keys.
struct PublicKeyRow: Identifiable, Sendable {
  /// The line as it is stored.
  let line: String
  /// The key; nil where the line can't be read, so that the key lets nobody in.
  let key: SSHPublicKey?

  init(_ line: String) {
    self.line = line
    key = try? SSHPublicKey(line)
  }

  var id: String { line }
  var kind: String { key?.kind.rawValue ?? String(line.prefix { $0 != " " }) }
  var fingerprint: String { key.map { KeyFingerprint($0).description } ?? "can't be read" }
  var comment: String { key?.comment ?? "" }
}
