internal import Access

/// That AuthZEN is served, and under which address.
package struct AuthZENService: Sendable {
  /// Nil: under the host that the asker names.
  let url: AuthZENURL?
  let seal = SearchSeal()

  package init(url: AuthZENURL? = nil) { self.url = url }
}

/// What identifies the gate to those who ask AuthZEN: `https://HOST` or `https://HOST:PORT`, without a path
/// (AuthZEN, section 9.1.1, `policy_decision_point`).
package struct AuthZENURL: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init?(_ text: String) {
    guard text.hasPrefix("https://") else { return nil }
    self.init(host: String(text.dropFirst("https://".count)))
  }

  /// `host` as in a `Host` header.
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
