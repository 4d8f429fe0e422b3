import Access
import Store

/// Finds the tokens that are limited to endpoints which an import takes addresses from.
struct NarrowedTokens {
  /// Endpoints that vanish, or mean fewer requests than before.
  private let endpoints: [Endpoint]
  private let reader: any SecurityReader

  /// `after` is what becomes of an endpoint; nil where it vanishes.
  init(
    _ present: some Sequence<Endpoint>, becoming after: (Endpoint) -> Endpoint?, _ reader: any SecurityReader
  ) {
    endpoints = present.filter { before in
      guard let after = after(before) else { return true }
      return before.loses(becoming: after)
    }
    self.reader = reader
  }

  /// The first of them by their holders and names, and how many there are.
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
  /// Whether there is a request that meant it, and does so no more.
  fileprivate func loses(becoming after: Endpoint) -> Bool {
    let isSame = address.key(match) == after.address.key(match) && (match == after.match || match == .exact)
    return !isSame || !methods.isSubset(of: after.methods)
  }
}
