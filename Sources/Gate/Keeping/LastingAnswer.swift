internal import Access
internal import Administration

/// For how long an answer is the answer to the same request, and whose use each request is.
///
/// Only what allows lasts. A denial is decided each time, and so is a request whose answer rests on something beside the
/// store, the request and the time: on the rate of a token, or on the uses of a newer Token ID.
package struct LastingAnswer: Sendable {
  /// The state of the store in which it was decided.
  let state: KeptState
  /// The answer holds from this instant on, because clocks may go back.
  let from: Timestamp
  /// The first instant at which the answer may be another one although the store does not change; nil where it never is.
  let until: Timestamp?
  let use: AnswerUse
  let isSigned: Bool

  func holds(at now: Timestamp) -> Bool { from <= now && until.map { now < $0 } ?? true }
}

/// What is counted for each request that gets a kept answer.
struct AnswerUse: Sendable {
  let secret: TokenSecretID
  let token: TokenRowID
  let account: AccountID
  let source: IPAddress?
  let place: UsedPlace?

  var none: TokenIDUse { TokenIDUse(secret: secret, token: token, account: account) }
}

extension AnswerUse {
  /// Fails where the answer rests on something that is not kept with it.
  init?(_ verdict: Verdict, source: IPAddress?) {
    let request = verdict.question.request
    guard verdict.decision.isAllowed, let secret = verdict.presented, let token = request.token.known,
      token.limits.requestsPerMinute == nil, request.replaced == nil
    else { return nil }
    self.init(
      secret: secret, token: token.id, account: token.account, source: source, place: verdict.place)
  }
}

extension Verdict {
  var place: UsedPlace? {
    switch question.request.surface {
    case .widget(let sought): sought.id.map(UsedPlace.widget)
    case .endpoint(let sought, _): sought.id.map(UsedPlace.endpoint)
    case .api(let sought): sought.id.map(UsedPlace.api)
    }
  }
}
