internal import Access
internal import Administration
internal import Store

/// The headers that were made of what was asked, for as long as nothing of the store changes: within one
/// state the same Token ID is told the same of the same place.
struct IdentityBook {
  private struct Key: Hashable {
    let secret: TokenSecretID
    let surface: CheckRequest.Surface
    let company: Reference<Company>?
    let list: Reference<CatalogueList>?
    let item: CheckRequest.ItemReference?
  }

  private static let maximumCount = 20_000

  private var generation: Generation = 0
  private var known: [Key: IdentityHeaders] = [:]

  mutating func headers(_ verdict: Verdict, at generation: Generation) -> IdentityHeaders {
    if generation != self.generation || known.count >= Self.maximumCount { known = [:] }
    self.generation = generation
    guard let secret = verdict.presented else { return IdentityHeaders(verdict) }
    let request = verdict.request
    let key = Key(
      secret: secret, surface: request.surface, company: request.company, list: request.list,
      item: request.item)
    if let headers = known[key] { return headers }
    let headers = IdentityHeaders(verdict)
    known[key] = headers
    return headers
  }
}
