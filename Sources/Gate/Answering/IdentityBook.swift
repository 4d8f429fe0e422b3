internal import Access
internal import Administration
private import Synchronization

/// The headers that were made for requests. They are kept as long as nothing in the store changes, and no longer than
/// up to the next instant at which something begins or ends: within one state and up to that instant the same Token
/// ID has the same headers at the same place.
final class IdentityBook: Sendable {
  private static let maximumCount = 20_000

  private struct Kept {
    let headers: IdentityHeaders
    let from: Timestamp
    /// The next instant at which something begins or ends; nil where nothing does.
    let until: Timestamp?

    func holds(at now: Timestamp) -> Bool { from <= now && until.map { now < $0 } ?? true }
  }

  private struct Known {
    var state = KeptState()
    var headers: [IdentityKey: Kept] = [:]
  }

  private let known = Mutex(Known())

  func headers(_ verdict: Verdict, at state: KeptState) -> IdentityHeaders {
    guard let key = IdentityKey(verdict) else { return IdentityHeaders(verdict) }
    return known.withLock { known in
      // A thread that still has an older state makes the headers itself.
      if state.isAhead(of: known.state) { known = Known(state: state) }
      guard state == known.state else { return IdentityHeaders(verdict) }
      let now = verdict.question.now
      if let kept = known.headers[key], kept.holds(at: now) { return kept.headers }
      if known.headers.count >= Self.maximumCount { known.headers = [:] }
      let headers = IdentityHeaders(verdict)
      known.headers[key] = Kept(headers: headers, from: now, until: verdict.question.nextInstant)
      return headers
    }
  }
}

/// The key of headers within one state of the store: the Token ID and what was asked for.
struct IdentityKey: Hashable {
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
