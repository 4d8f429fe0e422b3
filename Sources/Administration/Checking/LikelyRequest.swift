package import Access
internal import Store

extension AccessSource {
  /// The request that a person most likely means who asks why something does not show for a user: with the
  /// user's token, at a widget that it is meant for. People change the request from there.
  ///
  /// The token is the named one, otherwise a live one, otherwise the newest that is not revoked. The place is
  /// the first widget or endpoint to which the token is limited, otherwise a widget over granted lists,
  /// otherwise any place. The result is nil where the catalogue has nothing to ask for.
  package func likelyRequest(
    of account: Account, token named: TokenRowID? = nil, at now: Timestamp
  ) throws -> CheckRequest? {
    let reference = AccountReference(account.kind, .id(account.id))
    let tokens = try reader.tokens(of: account.id)
    let standing = tokens.filter { $0.revokedAt == nil }.sorted { $0.createdAt > $1.createdAt }
    let token =
      tokens.first { $0.id == named } ?? standing.first { $0.state(at: now) == .live } ?? standing.first
    let asker: CheckRequest.Asker = token.map { .token(.id($0.id), of: reference) } ?? .account(reference)
    let subjects =
      [SubjectID.account(account.id)] + (try reader.teams(of: account.id).map { .team($0.value.id) })
    return try place(granted: try subjects.flatMap { try reader.grants(of: $0) }, limits: token?.limits)
      .map { CheckRequest(asker: asker, surface: $0.surface, list: $0.list) }
  }

  /// The likely request about a team, asked as one of its members would ask.
  package func likelyRequest(of team: TeamID) throws -> CheckRequest? {
    try place(granted: try reader.grants(of: .team(team)), limits: nil)
      .map { CheckRequest(asker: .team(.id(team)), surface: $0.surface, list: $0.list) }
  }

  private struct Place {
    let surface: CheckRequest.Surface
    var list: Reference<CatalogueList>?
  }

  private func place(granted grants: [Grant], limits: TokenLimits?) throws -> Place? {
    let places = try loadedPlaces()
    if let limits, limits.isLimitedToPlaces {
      if let widget = places.widgets.first(where: { limits.widgets.contains($0.id) }) {
        return Place(surface: .widget(.id(widget.id)))
      }
      if let endpoint = places.endpoints.first(where: { limits.endpoints.contains($0.id) }) {
        return Place(surface: .endpoint(.id(endpoint.id), endpoint.methods.sorted().first ?? .get))
      }
    }
    let widget = nearest(places.widgets, to: grants)
    if let widget { return Place(surface: .widget(.id(widget.id))) }
    let connector = try grants.first?.connector ?? reader.connectors().first?.id
    guard let connector, let list = try self.connector(connector)?.lists.first else { return nil }
    return Place(surface: .api(.id(connector)), list: .id(list.id))
  }

  /// The widget that shows the most lists granted on its connector. Of equal widgets, an enabled one on a
  /// connector with a grant goes first, then the first by name.
  private func nearest(_ widgets: [Widget], to grants: [Grant]) -> Widget? {
    func score(_ widget: Widget) -> Int {
      let own = grants.filter { $0.connector == widget.connector }
      let covered = widget.lists.filter { list in own.contains { $0.permissions.lists.covers(list) } }
      let share = widget.lists.isEmpty ? 0 : covered.count * 1_000 / widget.lists.count
      return (own.isEmpty ? 0 : 10_000) + share * 4 + (widget.isEnabled ? 1 : 0)
    }
    return widgets.enumerated().max { left, right in
      (score(left.element), right.offset) < (score(right.element), left.offset)
    }?.element
  }
}
