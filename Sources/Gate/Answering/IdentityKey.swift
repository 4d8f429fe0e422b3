internal import Access
internal import Administration

/// Who asked for what, within one state of the store: the Token ID and what was asked for. One key has one set of
/// headers up to the next instant at which something begins or ends.
struct IdentityKey: Hashable, Sendable {
  /// The Token ID; nil for an open widget, where everybody gets the same headers.
  private let secret: TokenSecretID?
  private let surface: CheckRequest.Surface
  private var company: Reference<Company>?
  private var list: Reference<CatalogueList>?
  private var item: CheckRequest.ItemReference?

  private init(_ secret: TokenSecretID?, _ surface: CheckRequest.Surface) {
    self.secret = secret
    self.surface = surface
  }

  /// Fails where no known Token ID was shown.
  init?(_ verdict: Verdict) {
    guard let secret = verdict.presented else { return nil }
    let request = verdict.request
    self.init(secret, request.surface)
    (company, list, item) = (request.company, request.list, request.item)
  }

  init?(_ outcome: GateOutcome) {
    switch outcome {
    case .allowed(let verdict, _): self.init(verdict)
    case .open(let widget, _): self.init(nil, .widget(.id(widget.id)))
    case .denied, .tooMany, .problem, .unknownSubject: return nil
    }
  }
}
