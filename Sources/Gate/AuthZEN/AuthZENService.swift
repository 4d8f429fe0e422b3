internal import Access

/// The service of AuthZEN, with its address.
package struct AuthZENService: Sendable {
  /// The service's address; nil means the host that the caller names.
  let url: AuthZENURL?
  let seal = SearchSeal()

  package init(url: AuthZENURL? = nil) { self.url = url }
}

/// The identifier of the gate for callers of AuthZEN: `https://HOST` or `https://HOST:PORT`, without a path
/// (AuthZEN, section 9.1.1, `policy_decision_point`).
package struct AuthZENURL: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init?(_ text: String) {
    guard text.hasPrefix("https://") else { return nil }
    self.init(host: String(text.dropFirst("https://".count)))
  }

  /// Reads `host` as in a `Host` header.
  init?(host: String) {
    do { _ = try RequestedAddress(host: host, target: "/") } catch { return nil }
    description = "https://" + host
  }

  /// The members of the metadata (section 9).
  var metadata: [String: String] {
    AuthZENPath.allCases.reduce(into: ["policy_decision_point": description]) { members, path in
      if let name = path.metadataName { members[name] = description + path.rawValue }
    }
  }
}
