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
  /// What a frame shows as possible. It is asked again where a screen has changed, or a second has passed.
  mutating func presentOffers() -> Offers {
    if let offers, offers.isFresh(at: now) { return offers }
    let made = Offers(own: own, services: offeredByServices, everywhere: everywhere, madeAt: now)
    offers = made
    return made
  }

  /// The action that a key means at this moment. All layers are asked anew, because what the person may do can change
  /// without a screen. An action that is not possible now gets the key only where no possible action has it.
  func meant(by key: Key) -> ScreenAction? {
    let layers: [() -> [ScreenAction]] = [
      { own(by: key) }, { services.flatMap { actions(of: $0, by: key) } },
      { everywhere.filter { $0.binding.keys.contains(key) } },
    ]
    var refused: ScreenAction?
    for layer in layers {
      let meant = layer()
      if let possible = meant.first(where: { $0.binding.obstacle == nil }) { return possible }
      refused = refused ?? meant.first
    }
    return refused
  }
}
