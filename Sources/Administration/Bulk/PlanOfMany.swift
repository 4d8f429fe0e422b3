package import Access
internal import Store

/// An action on many things of one kind at once.
package protocol BulkActing: Hashable, Sendable {
  associatedtype ID: Hashable & Sendable
  /// The things for the action: chosen ones, or all that match.
  associatedtype Targets: Hashable & Sendable
  /// What a plan of the action has besides.
  associatedtype Details: Hashable & Sendable

  /// Computes what the action would do. Nothing is changed.
  func plan(on targets: Targets, _ administration: Administration) throws -> PlanOfMany<Self>
  /// Begins to carry a plan out, and gives what carries the action out on one thing. A thing that is gone is left
  /// out.
  func begin(_ plan: PlanOfMany<Self>, in change: Change) throws -> (ID) throws -> Void
}

/// The plan of an action on many things. It is computed before a person confirms it, and carried out as it was
/// computed.
package struct PlanOfMany<Action: BulkActing>: Hashable, Sendable {
  package let action: Action
  package let details: Action.Details
  /// The ids of the things that need a change.
  package internal(set) var ids: [Action.ID]
  /// The number of things that were meant, including those that need no change.
  package let meantCount: Int
  /// The number of tokens that change.
  package let tokenCount: Int
  /// The names of some of the things.
  package let someNames: [String]

  package var isEmpty: Bool { ids.isEmpty }
}

/// The plan of an action on many accounts.
package typealias BulkPlan = PlanOfMany<BulkAction>

extension BulkPlan {
  /// The ids of the accounts that need a change.
  package var accounts: [AccountID] { ids }
}

/// The plan of an action on many tokens.
package typealias TokenBulkPlan = PlanOfMany<TokenBulkAction>

/// A plan in words.
package protocol PlanWording: Sendable {
  /// As in `Disable 12 API users`.
  var title: String { get }
  /// The message where nothing has to be done.
  var nothing: String { get }
  /// The consequences of the action.
  var points: [String] { get }
  /// Whether the action takes something away.
  var isDestructive: Bool { get }
}

extension PlanOfMany {
  /// The names of some of the things, and how many are like the action wants them already.
  func points(between own: [String]) -> [String] {
    let left = meantCount - ids.count
    let more = ids.count - someNames.count
    let names = someNames.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    return [names] + own
      + (left > 0 ? ["nothing has to be done with \(left) of those that were chosen"] : [])
      + (ids.count >= manyIDs ? ["for some seconds or longer nobody else can change anything"] : [])
  }

  /// So many things are changed in about a second or longer, in one transaction.
  private var manyIDs: Int { 5_000 }

  /// The message where nothing has to be done.
  func nothing(whereNone none: String) -> String {
    meantCount == 0 ? none : "nothing has to be done: all of them are like that already"
  }
}

extension Administration {
  /// The effect of a plan on who may see what. The plan is tried out only with a limited number of things,
  /// because nobody else can write meanwhile. `progress` receives the number of things that are tried out, and
  /// of all that are to be.
  package func effect<Action>(
    of plan: PlanOfMany<Action>, bounds: EffectBounds = EffectBounds(),
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> AccessEffect {
    var tried = plan
    tried.ids = Array(plan.ids.prefix(bounds.examined))
    var effect = try effect(of: { try $0.carryOut(tried, progress: progress) }, bounds: bounds)
    if tried.ids.count < plan.ids.count {
      effect.isCut = true
      if !effect.warnings.contains(.mayBreakMoreLaws), try hasLaws {
        effect.warnings.append(.mayBreakMoreLaws)
      }
    }
    return effect
  }

  private var hasLaws: Bool { get throws { try store.read { try $0.lawStock().count > 0 } } }

  /// Carries out a plan in one transaction, with audit rows for each thing. Things that are gone since are
  /// left out. `progress` receives the number of things that are done, and of all.
  package func carryOut<Action>(
    _ plan: PlanOfMany<Action>, progress: (Int, Int) -> Void = { _, _ in }
  ) throws {
    try change { change in
      let carryOut = try plan.action.begin(plan, in: change)
      for (index, id) in plan.ids.enumerated() {
        try carryOut(id)
        progress(index + 1, plan.ids.count)
      }
    }
  }
}
