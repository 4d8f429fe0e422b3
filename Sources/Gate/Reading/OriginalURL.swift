/// The whole address in `X-Original-URL`, split into two parts. Both are read as strictly as headers of their
/// own. ingress-nginx makes the address from the scheme, the `Host` header and the original target.
struct OriginalURL: Hashable {
  static let header = "X-Original-URL"

  /// The host with its port, as in a `Host` header.
  let authority: String
  /// The path and the query (RFC 9112, section 3.2.1, origin-form).
  let target: String

  /// Reads an address. The scheme must be in lower case, as nginx writes it, and the path must begin with
  /// `/`.
  ///
  /// Errors: ``GateProblem/originalURL``.
  init(_ text: String) throws(GateProblem) {
    guard let scheme = ["https://", "http://"].first(where: { text.utf8.starts(with: $0.utf8) }) else {
      throw .originalURL
    }
    let rest = text.utf8.dropFirst(scheme.utf8.count)
    let authority = rest.prefix { !Self.ends.contains($0) }
    guard !authority.isEmpty, rest[authority.endIndex...].first == UInt8(ascii: "/") else {
      throw .originalURL
    }
    self.authority = String(Substring(authority))
    target = String(Substring(rest[authority.endIndex...]))
  }

  /// The characters that end an authority (RFC 3986, section 3.2), and one that some readers take for such a
  /// character.
  private static let ends: Set<UInt8> = Set("/?#\\".utf8)
}
