package import Administration
private import Synchronization

/// The reason why nothing is let through at all, for all threads of a gate.
package final class GateStanding: Sendable {
  private let held = Mutex<GateProblem?>(nil)

  package init() {}

  /// The problem; nil where requests are decided.
  package var problem: GateProblem? { held.withLock { $0 } }

  package func set(_ standing: StoreStanding) {
    let problem: GateProblem? =
      switch standing {
      case .good: nil
      case .wentBack: .wentBack
      case .otherKeys: .otherKeys
      }
    held.withLock { $0 = problem }
  }
}
