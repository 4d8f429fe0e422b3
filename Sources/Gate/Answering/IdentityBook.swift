internal import Access
internal import Administration
private import Synchronization

/// The headers that were made of what was asked, for as long as nothing of the store changes: within one
/// state the same Token ID is told the same of the same place.
final class IdentityBook: Sendable {
  private struct Key: Hashable {
    let secret: TokenSecretID
    let surface: CheckRequest.Surface
    let company: Reference<Company>?
    let list: Reference<CatalogueList>?
    let item: CheckRequest.ItemReference?
  }

  private static let maximumCount = 20_000

  private struct Known {
    var state = KeptState()
    var headers: [Key: IdentityHeaders] = [:]
  }

  private let known = Mutex(Known())

  func headers(_ verdict: Verdict, at state: KeptState) -> IdentityHeaders {
    guard let secret = verdict.presented else { return IdentityHeaders(verdict) }
    let request = verdict.request
    let key = Key(
      secret: secret, surface: request.surface, company: request.company, list: request.list,
      item: request.item)
    return known.withLock { known in
      // Whoever is behind makes its own.
      if state.isAhead(of: known.state) { known = Known(state: state) }
      guard state == known.state else { return IdentityHeaders(verdict) }
      if let headers = known.headers[key] { return headers }
      if known.headers.count >= Self.maximumCount { known.headers = [:] }
      let headers = IdentityHeaders(verdict)
      known.headers[key] = headers
      return headers
    }
  }
}
