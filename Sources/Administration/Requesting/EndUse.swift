internal import Access

/// What an addition does with the end that a person asks for.
enum EndUse: Hashable {
  /// The addition needs an end, because it names no instant itself.
  case needs
  /// The addition brings something new into being, which can have an end.
  case takes
  /// The addition stays, whatever end is asked for.
  case ignores
}

extension Addition {
  /// - Parameters:
  ///   - all: the additions that are made together.
  ///   - hasGrant: whether there is a grant at a place already. Its bounds are the whole grant's.
  func endUse(among all: [Addition], hasGrant: (GrantPlace) throws -> Bool) rethrows -> EndUse {
    switch self {
    case .extendToken, .putInForce(_, .ended): .needs
    case .systemRole: .takes
    case .connectorRole(_, let place), .company(_, let place), .list(_, let place), .item(_, _, let place):
      try !hasGrant(place) || all.contains { $0.prolongs(place) } ? .takes : .ignores
    case .enableToken, .bringTokenForward, .widget, .endpoint, .network, .enableAccount, .enableWidget,
      .enableEndpoint, .putInForce:
      .ignores
    }
  }

  private func prolongs(_ place: GrantPlace) -> Bool {
    if case .putInForce(.grant(place), .ended) = self { true } else { false }
  }
}
