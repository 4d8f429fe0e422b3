import Terminal

/// What can be done at a moment: the actions of the screen on top, of the services, and those that work everywhere.
struct Offers: Sendable {
  /// The time, in milliseconds, after which all are asked again though no screen changed: a permission may have ended
  /// by itself, or may have been taken away by somebody else.
  private static let mostMilliseconds = 1_000

  /// The actions of the screen on top.
  let own: [ScreenAction]
  /// The actions of the services.
  let services: [ScreenAction]
  let everywhere: [ScreenAction]
  /// The time when all were asked, in the milliseconds of ``Compositor/now``.
  let madeAt: Int

  func isFresh(at now: Int) -> Bool { (0..<Self.mostMilliseconds).contains(now - madeAt) }

  /// The action that a key means. An action that is not possible now gets the key only where no possible action has it.
  func meant(by key: Key) -> ScreenAction? {
    var refused: ScreenAction?
    for actions in [own, services, everywhere] {
      guard let action = actions.meant(by: key, \.binding) else { continue }
      if action.binding.obstacle == nil { return action }
      refused = refused ?? action
    }
    return refused
  }

  /// Whether the screen on top uses one of these keys itself.
  func isTaken(_ keys: [Key]) -> Bool {
    own.indices.contains { index in
      own[index].binding.obstacle == nil && own[index].binding.keys.contains(where: keys.contains)
    }
  }

  /// The actions for the hint bar: those that are possible, and whose key no earlier action has. A key is hinted once,
  /// because the other action would only mislead.
  func hinted(_ isOffered: (GlobalAction) -> Bool) -> [ScreenAction] {
    var hinted: [Key] = []
    var found: [ScreenAction] = []
    for actions in [own, services, everywhere] {
      for index in actions.indices where actions[index].binding.isEverHinted {
        guard let key = actions[index].binding.keys.first, !hinted.contains(key) else { continue }
        if let action = actions[index].global, isTaken(actions[index].binding.keys) || !isOffered(action) {
          continue
        }
        hinted.append(key)
        found.append(actions[index])
      }
    }
    return found
  }
}

extension KeyBinding {
  /// Whether the hint bar has the action, now or where there is more room.
  fileprivate var isEverHinted: Bool { obstacle == nil && (isHinted || isHintedWhereRoom) }
}

extension Compositor {
  /// What a frame shows as possible, and what a key does. It is asked again where a screen has changed, or a second has
  /// passed.
  mutating func presentOffers() -> Offers {
    if let offers, offers.isFresh(at: now) { return offers }
    let made = Offers(own: own, services: offeredByServices, everywhere: everywhere, madeAt: now)
    offers = made
    return made
  }

  /// The action that a key means at this moment: one of those that the frame on the screen was drawn with, unless a screen
  /// has changed since, or a second has passed.
  mutating func meant(by key: Key) -> ScreenAction? { presentOffers().meant(by: key) }
}
