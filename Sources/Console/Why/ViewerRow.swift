import Access
import Administration
import Store
import Terminal

/// A list about which a person asks who may see it, and the surface that the person means.
struct ViewedPlace: Hashable, Sendable {
  let connector: ConnectorID
  let list: ListID
  let name: Name
  let surface: CheckRequest.Surface
}

/// A viewer in the list, with the names of the companies for which it may see the list.
struct ViewerRow: ListRow {
  let viewer: Viewer
  /// The names of the companies; nil where the connector has none.
  let companyNames: String?

  var id: GrantID { viewer.holder.grant.id }
  var cursor: GrantHolderCursor { viewer.cursor }

  static func page(
    _ reader: any SecurityReader, of place: ViewedPlace, _ position: PagePosition<GrantHolderCursor>,
    limit: Int, at now: Timestamp
  ) throws -> Page<ViewerRow> {
    let names = Dictionary(
      try reader.companies(of: place.connector).map { ($0.id, $0.name.text) },
      uniquingKeysWith: { first, _ in first })
    let source = AccessSource(reader)
    return try source.viewers(of: place.list, on: place.connector, position, limit: limit, at: now).map {
      ViewerRow(viewer: $0, companyNames: $0.companies?.map { names[$0] ?? "" }.joined(separator: ", "))
    }
  }

  /// Whether this one may see the place, to be asked.
  func request(for place: ViewedPlace) -> CheckRequest {
    CheckRequest(
      asker: CheckRequest.Asker(viewer.holder.grant.subject, viewer.holder.kind), surface: place.surface,
      list: .id(place.list))
  }

  /// The reason why the viewer can't see the list after all. Where it can, the end of its grant, if any.
  func state(_ clock: Clock, columns: Int) -> ListCell {
    if let fails = viewer.fails {
      return ListCell(fails == .role ? "no connector role" : "no company", .muted)
    }
    let badge = clock.badge(viewer.holder.grant.permissions.bounds, columns: columns)
    if viewer.standing != .inForce, let badge { return badge }
    if !viewer.holder.isEnabled { return ListCell("disabled", Style(.danger)) }
    return viewer.isReachable ? badge ?? ListCell("") : ListCell("no open surface", .muted)
  }
}

extension CheckRequest.Asker {
  /// - Parameter kind: the kind of an account.
  init(_ subject: SubjectID, _ kind: AccountKind?) {
    switch subject {
    case .team(let id): self = .team(.id(id))
    case .account(let id): self = .account(AccountReference(kind ?? .apiUser, .id(id)))
    }
  }
}
