internal import Access
internal import Administration
internal import Store

extension GateWorker {
  /// For how long the answer to this outcome lasts; nil where it does not.
  ///
  /// - Parameters:
  ///   - state: the state in which it was decided.
  ///   - assertion: the assertion of the answer; nil where the gate does not sign.
  func lasting(
    _ outcome: GateOutcome, _ state: KeptState, source: IPAddress?, _ assertion: AssertionBook.Given?
  ) -> LastingAnswer? {
    // Whoever asked whether the gate's key is believed may have found a newer state.
    guard case .allowed(let verdict, let cookie) = outcome, state == judge.enforcer.state,
      let use = AnswerUse(verdict, source: source)
    else { return nil }
    // Without an assertion nobody can tell when there will be one.
    if let assertion, assertion.until == nil { return nil }
    let ends = [verdict.question.nextInstant, cookie.until, assertion?.until].compactMap { $0 }
    return LastingAnswer(
      state: state, from: judge.enforcer.now, until: ends.min(), use: use, isSigned: assertion != nil)
  }

  /// Whether what is kept may be given to requests that have arrived by now.
  enum Giving {
    case not
    case given
    /// The store, on another machine, has been out of reach for so many seconds.
    case stale(seconds: Int)
  }

  var giving: Giving {
    let enforcer = judge.enforcer
    switch shared.standing.footing(isCutOff: enforcer.assurance == .cutOff) {
    case .store: return enforcer.isSurelyCurrent ? .given : .not
    case .kept(let silence):
      return silence.heard.map(enforcer.hasRead) ?? false ? .stale(seconds: silence.seconds) : .not
    case .none: return .not
    }
  }

  /// Reads what changed in a store on another machine, so that what is kept is the last that was heard if the store goes
  /// out of reach.
  func keepUp() {
    guard shared.standing.problem == nil else { return }
    // Where that fails, requests fail too, and tell.
    _ = try? judge.enforcer.decide { _ in }
  }

  /// The kept answer to a request, and the decision's ID that it gets. It counts as a use. The caller has asked
  /// ``giving`` since the request arrived.
  func kept(_ key: AnswerKey, at now: Timestamp) -> (answer: AnswerBook.Given, id: DecisionID)? {
    guard let answer = shared.answers.answer(key, in: judge.enforcer.state, at: now) else { return nil }
    decided.countAllowed()
    judge.enforcer.countHits(1)
    if answer.isSigned { metrics.count(.kept) }
    return (answer, ids.next())
  }

  /// Keeps an answer for the same request: the text that follows its date and decision.
  func keep(_ text: [UInt8], of answer: Answer, as key: AnswerKey) {
    guard let lasting = answer.lasting, lasting.holds(at: lasting.from) else { return }
    shared.answers.keep(text, lasting, as: key)
  }
}

extension GateShared {
  /// Uses are summed for up to ten times the interval between two writes, because a token that is used all the time would
  /// otherwise be written all the time. So few are written at once.
  private static let writtenAtOnce = 1_000

  /// Hands over uses of kept answers: those of a part of the tokens, or all of them.
  func handOverKept(all: Bool, now: Timestamp) {
    recorder.take(now: now) { [answers] in
      answers.takeUses(all ? .max : max(Self.writtenAtOnce, answers.usedCount / 10))
    }
  }
}
