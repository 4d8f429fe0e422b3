internal import Access
internal import Administration

/// What the gate does with decoys.
extension GateWorker {
  /// Decides a request. A decoy is decided as a Token ID that was never made.
  func decide(_ asked: AskedRequest) -> (outcome: GateOutcome, decoy: Decoy?) {
    var asked = asked
    let recognized = shared.decoys.recognize(asked.credential)
    asked.credential = recognized.credential
    let outcome = judge.decide(asked)
    if let decoy = recognized.decoy { return (outcome, decoy) }
    guard let decoy = rotatedDecoy(outcome) else { return (outcome, nil) }
    asked.credential = .token(shared.decoys.neverMade)
    return (judge.decide(asked), decoy)
  }

  /// Decides what an application asks, in the same way.
  ///
  /// - Parameter recognized: the decoy in place of which the request names an unknown Token ID already.
  func decide(_ request: CheckRequest, _ recognized: Decoy?) -> (outcome: GateOutcome, decoy: Decoy?) {
    let outcome = judge.decide(request)
    guard recognized == nil, let decoy = rotatedDecoy(outcome) else { return (outcome, recognized) }
    var request = request
    request.asker = .tokenID(shared.decoys.neverMade)
    return (judge.decide(request), decoy)
  }

  /// The decoy whose token was rotated, so that only the store knows that this Token ID is the decoy's.
  private func rotatedDecoy(_ outcome: GateOutcome) -> Decoy? {
    outcome.verdict?.question.request.token.known.flatMap { shared.decoys.decoy(of: $0.id) }
  }

  /// The decoy that an application names, and the question by which the gate decides.
  func recognize(_ evaluation: Evaluation) -> (decoy: Decoy?, evaluation: Evaluation) {
    guard let subject = evaluation.subject else { return (nil, evaluation) }
    let recognized = shared.decoys.recognize(subject)
    var evaluation = evaluation
    evaluation.subject = recognized.subject
    return (recognized.decoy, evaluation)
  }

  /// The decoy with which an application searches, in place of which the gate searches with an unknown Token ID.
  func recognize(_ search: inout some Search) -> Decoy? {
    guard let subject = search.asking else { return nil }
    let recognized = shared.decoys.recognize(subject)
    search.asking = recognized.subject
    return recognized.decoy
  }

  /// Has it recorded that somebody presented a decoy. The work happens in the background, so that an answer takes no
  /// longer for it.
  func report(
    _ decoy: Decoy, _ id: DecisionID, _ outcome: GateOutcome?, source: IPAddress?, _ request: Denial.Request
  ) {
    shared.recorder.take(
      PresentedDecoy(
        decoy: decoy, id: id, at: judge.enforcer.now, source: source, request: request, outcome: outcome))
  }
}

/// A decoy that somebody presented, which is not yet put into words.
struct PresentedDecoy: Sendable {
  let decoy: Decoy
  let id: DecisionID
  let at: Timestamp
  let source: IPAddress?
  let request: Denial.Request
  /// The outcome; nil where an application searched.
  let outcome: GateOutcome?

  /// The presentation in words.
  var first: DecoyCase {
    DecoyCase(decoy, id, outcome?.verdict.map(request.placed) ?? request)
  }
}

extension GateOutcome {
  /// The verdict; nil where nothing was decided.
  var verdict: Verdict? {
    switch self {
    case .allowed(let verdict, _), .open(_, let verdict), .denied(let verdict), .tooMany(let verdict, _):
      verdict
    case .unknownSubject, .problem: nil
    }
  }
}
