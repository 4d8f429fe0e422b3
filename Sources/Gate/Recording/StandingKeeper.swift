package import Administration
package import Store

/// Checks every second whether the store may be enforced, keeps the store's head beside it, and makes
/// committed changes safe from damage to the log.
package final class StandingKeeper {
  private let work: RegularWork

  /// The state, which after the first check only the regular work uses.
  private final class State: @unchecked Sendable {
    let watch: StandingWatch
    let store: EnforcedStore
    let uses: any UseWriting
    let gate: GateStanding
    let log: GateLog
    var place: UsePlace?
    var said: StoreStanding?
    /// Why the store can't be looked at, as far as it was said.
    var failure: GateProblem?

    init(
      _ watch: StandingWatch, _ store: EnforcedStore, _ uses: any UseWriting, _ gate: GateStanding,
      _ log: GateLog
    ) {
      (self.watch, self.store, self.uses, self.gate, self.log) = (watch, store, uses, gate, log)
    }

    func look() {
      // What fails now is tried again a second later, and the keeper of uses reports the reason.
      if let present = try? uses.place(), present != place {
        if place != nil { watch.keepAgain() }
        place = present
      }
      do {
        if let finding = try watch.look() {
          gate.set(finding.standing)
          say(finding)
        }
        if failure == .newerStore { log.write(.info, "the store is of this gate's version again") }
        failure = nil
      } catch { say(error) }
      _ = try? store.settle()
    }

    /// Says why the store can't be looked at. Each request fails in the same way, and is denied.
    private func say(_ error: any Error) {
      let problem = GateProblem(deciding: error)
      if problem == failure { return }
      failure = problem
      guard problem == .newerStore, let error = error as? StoreError else {
        return log.fail("the store can't be looked at", error)
      }
      log.write(
        .error, error.message + "; nothing is let through",
        ["hint": "restart this gate with the newer popsec"])
    }

    private func say(_ finding: StandingWatch.Finding) {
      if let row = finding.restoreRow {
        log.write(.info, "the store was restored from a backup, as row \(row) of its audit log says")
      }
      if said == nil, !finding.isCompared {
        log.write(
          .info,
          "no earlier state of the store is kept to compare with: that it went back before can't be excluded")
      }
      if finding.standing == said { return }
      if let message = finding.standing.message {
        log.write(
          .error, message + "; nothing is let through", ["hint": finding.standing.hint ?? ""])
      } else if said != nil {
        log.write(.info, "requests are decided again")
      }
      said = finding.standing
    }
  }

  /// Makes the first check, and returns.
  package init(
    _ watch: sending StandingWatch, _ store: EnforcedStore, _ uses: any UseWriting, sets gate: GateStanding,
    log: GateLog
  ) {
    let state = State(watch, store, uses, gate, log)
    state.look()
    work = RegularWork("popsec.standing", every: .seconds(1), startsNow: false) { state.look() }
  }

  package func stop() { work.stop() }
}
