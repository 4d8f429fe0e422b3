package import Access
package import Store

/// The records of gates in one database of an engine. An engine says how a transaction runs; what is read and written
/// within one is the same for all engines.
package protocol UseSessions: UseWriting {
  /// Runs one consistent read.
  func reading<Result>(_ body: (UseSession) throws -> Result) throws -> Result
  /// Runs one transaction.
  func writing<Result>(_ body: (UseSession) throws -> Result) throws -> Result
}

extension UseSessions {
  package func uses(of tokens: [TokenRowID]) throws -> [TokenIDUse] {
    try reading { try $0.uses(of: tokens) }
  }

  package func isAnyUsed(_ secrets: [TokenSecretID]) throws -> Bool {
    try reading { try $0.isAnyUsed(secrets) }
  }

  package func uses(since time: Timestamp, after secret: TokenSecretID?, limit: Int) throws -> [TokenIDUse] {
    try reading { try $0.uses(since: time, after: secret, limit: limit) }
  }

  package func denial(_ id: DecisionID) throws -> StoredDenial? { try reading { try $0.denial(id) } }

  package func denials(_ position: PagePosition<DenialCursor>, limit: Int) throws -> Page<StoredDenial> {
    try reading { try $0.denials(position, limit: limit) }
  }

  package func denialCount() throws -> Int { try reading { try $0.denialCount() } }

  package func hourSums(since time: Timestamp) throws -> [TimedSum]? {
    try reading { try $0.hourSums(since: time) }
  }

  package func daySums(of token: TokenRowID, since time: Timestamp, days: Int) throws -> [TimedSum]? {
    try reading { try $0.daySums(of: token, since: time, days: days) }
  }

  package func usedNetworks(since time: Timestamp) throws -> [UsedNetwork] {
    try reading { try $0.usedNetworks(since: time) }
  }

  package func denialTimes(since time: Timestamp) throws -> [TokenRowID: [Timestamp]] {
    try reading { try $0.denialTimes(since: time) }
  }

  package func decoyUses() throws -> [DecoyUse] { try reading { try $0.decoyUses() } }

  package func staleSpans() throws -> [StaleSpan] { try reading { try $0.staleSpans() } }

  package func keptHead() throws -> KeptHead? { try reading { try $0.keptHead() } }

  package func add(
    _ uses: [TokenIDUse], _ denials: [NewDenial], _ sums: DecisionSums, keeping retention: DenialRetention,
    now: Timestamp
  ) throws {
    try writing { session in
      // The earlier denials confirm the time, because a clock that jumped must not remove the records of
      // denials.
      let settled = try session.settledTime(now: now)
      // The networks first: they begin with what was known of the use before.
      try session.addNetworks(of: uses)
      try session.add(uses)
      try session.add(denials)
      try session.add(sums, now: now)
      try session.prune(retention, settled)
    }
  }

  package func add(_ uses: [DecoyUse]) throws {
    try writing { session in
      for use in uses { try session.add(use) }
      try session.pruneDecoyUses()
    }
  }

  package func add(_ span: StaleSpan) throws {
    try writing { session in
      try session.add(span)
      try session.pruneStaleSpans()
    }
  }

  package func exchange(
    _ report: RateReport, forgetting ended: [Identifier<GatePresence>]
  ) throws -> [RateReport] {
    try writing { session in
      try session.removeRates(of: ended)
      try session.put(report)
      return try session.rateReports(but: report.gate)
    }
  }

  package func forgetRates(of gates: [Identifier<GatePresence>]) throws {
    try writing { try $0.removeRates(of: gates) }
  }

  package func keep(_ head: StoreHead, at time: Timestamp) throws {
    try writing { try $0.keep(head, at: time, forwardOnly: true) }
  }

  package func settle(_ head: StoreHead, at time: Timestamp) throws {
    try writing { try $0.keep(head, at: time, forwardOnly: false) }
  }
}
