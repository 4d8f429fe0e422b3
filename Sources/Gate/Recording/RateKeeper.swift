internal import Access
package import Administration
package import Store

/// Has the rates of tokens count over all gates of a store, where an administrator has set that. Every two seconds each gate
/// tells the others how often it let tokens through in the last minute, and learns the same of them.
///
/// What the others let through since their last report is not known yet. So together they may let through more than the rate
/// by what they let through within these seconds.
package final class RateKeeper {
  private static let intervalSeconds = 2
  /// The number of looks after which a gate that reports nothing counts as ended. Its last minute has passed then.
  private static let silentLooks = 30

  private let state: State
  private let work: RegularWork

  /// The state, which only the regular work uses.
  private final class State: @unchecked Sendable {
    let setting: RateSetting
    let uses: any UseWriting
    let shared: GateShared
    let id = Identifier<GatePresence>.random()
    var turn: Int64 = 0
    /// The last turn of each other gate, and for how many looks it has been the last.
    var others: [Identifier<GatePresence>: (turn: Int64, looks: Int)] = [:]
    var hasReported = false
    var isFailing = false

    init(_ setting: RateSetting, _ uses: any UseWriting, _ shared: GateShared) {
      (self.setting, self.uses, self.shared) = (setting, uses, shared)
    }

    func look() {
      do {
        if try setting.isTogether() { try exchange() } else { try stop() }
        isFailing = false
      } catch {
        shared.rates.setOthers([:])
        if !isFailing { shared.log.fail("rates count for this gate alone meanwhile", error) }
        isFailing = true
      }
    }

    private func exchange() throws {
      turn += 1
      let own = shared.rates.counts(atMilliseconds: shared.microseconds() / 1_000)
      hasReported = true
      let reports = try uses.exchange(
        RateReport(gate: id, turn: turn, counts: own),
        forgetting: others.filter { $0.value.looks > RateKeeper.silentLooks }.map(\.key))
      others = Dictionary(
        reports.map { report in
          let before = others[report.gate]
          return (report.gate, (report.turn, before?.turn == report.turn ? (before?.looks ?? 0) + 1 : 0))
        }, uniquingKeysWith: { $1 })
      var sums: [TokenRowID: Int] = [:]
      for report in reports where (others[report.gate]?.looks ?? 0) <= RateKeeper.silentLooks {
        sums.merge(report.counts, uniquingKeysWith: +)
      }
      shared.rates.setOthers(sums)
    }

    func stop() throws {
      guard hasReported else { return }
      shared.rates.setOthers([:])
      try uses.forgetRates(of: [id])
      hasReported = false
    }
  }

  package init(_ setting: sending RateSetting, _ uses: any UseWriting, _ shared: GateShared) {
    let state = State(setting, uses, shared)
    self.state = state
    work = RegularWork("popsec.rates", every: .seconds(Self.intervalSeconds)) { state.look() }
  }

  package func stop() {
    // What can't be removed now, the others forget when it is silent.
    work.stop { try? state.stop() }
  }
}
