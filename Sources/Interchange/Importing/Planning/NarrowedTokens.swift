import Access
import Store

/// Finds the tokens limited to endpoints that lose addresses in an import.
struct NarrowedTokens {
  /// The endpoints that are removed, or that match fewer requests than before.
  private let endpoints: [Endpoint]
  private let reader: any SecurityReader

  /// `after` returns the endpoint as the import makes it; nil where the import removes it.
  init(
    _ present: some Sequence<Endpoint>, becoming after: (Endpoint) -> Endpoint?, _ reader: any SecurityReader
  ) {
    endpoints = present.filter { before in
      guard let after = after(before) else { return true }
      return before.loses(becoming: after)
    }
    self.reader = reader
  }

  /// The first such tokens, ordered by holder and name, and the number of all.
  func find() throws -> (told: [NarrowedToken], count: Int) {
    var tokens: [TokenRowID: (token: Token, endpoints: [String])] = [:]
    for endpoint in endpoints {
      for token in try reader.tokens(limitedTo: endpoint.id) {
        tokens[token.id, default: (token, [])].endpoints.append(endpoint.name.text)
      }
    }
    var told: [NarrowedToken] = []
    for (token, endpoints) in tokens.values {
      guard let account = try reader.account(token.account) else { continue }
      told.append(
        NarrowedToken(
          token: token.name.text, holder: "\(account.kind.title) \(shown(account.name.text))",
          endpoints: endpoints.sorted()))
    }
    told.sort { ($0.holder, $0.token) < ($1.holder, $1.token) }
    return (Array(told.prefix(ImportPlan.mostTokens)), told.count)
  }
}

extension Endpoint {
  /// Whether some request that matched the endpoint no longer does.
  fileprivate func loses(becoming after: Endpoint) -> Bool {
    let isSame = address.key(match) == after.address.key(match) && (match == after.match || match == .exact)
    return !isSame || !methods.isSubset(of: after.methods)
  }
}
