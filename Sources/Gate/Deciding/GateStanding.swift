package import Administration
package import Store
internal import Synchronization

/// On what a gate may answer now, for all of its threads.
package final class GateStanding: Sendable {
  /// On what a request may be answered.
  enum Footing: Hashable {
    /// On the store as it is.
    case store
    /// On what is kept of the store, which is out of reach.
    case kept(StoreSilence)
    /// On nothing.
    case none(GateProblem)
  }

  private let held = Mutex<GateProblem?>(nil)
  /// The store, where it is on another machine.
  let distant: (any DistantStore)?
  /// The answers on ``Footing/kept(_:)``.
  let stale = Mutex(StaleTally())

  package init(_ distant: (any DistantStore)? = nil) { self.distant = distant }

  /// The reason why nothing is decided on the store; nil where requests are.
  package var problem: GateProblem? {
    if let problem = held.withLock({ $0 }) { return problem }
    return switch distant?.reach {
    case nil, .reached?: nil
    case .silent?: .unavailable
    case .useless(let error)?: GateProblem(deciding: error)
    }
  }

  /// - Parameter isCutOff: whether the store did not answer to the request that comes now.
  func footing(isCutOff: Bool) -> Footing {
    if let problem = held.withLock({ $0 }) { return .none(problem) }
    switch distant?.reach {
    case nil: return .store
    case .reached?: return isCutOff ? .none(.unavailable) : .store
    case .silent(let silence)?:
      return silence.seconds < silence.staleSeconds ? .kept(silence) : .none(.unavailable)
    case .useless(let error)?: return .none(GateProblem(deciding: error))
    }
  }

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
