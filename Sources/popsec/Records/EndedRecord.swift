import Access
import Administration

/// A grant, a system role or a membership that is over.
struct EndedRecord: Record {
  let thing: BoundedThing
  let bounds: Bounds
  let names: NameBook

  /// The kind: `grant`, `role` or `membership`.
  private var kind: String {
    switch thing {
    case .grant: "grant"
    case .role: "role"
    case .membership: "membership"
    }
  }

  /// What was held: the connector's name, the role's or the team's.
  private var what: String {
    switch thing {
    case .grant(let place): names.name(place.connector, \.connectors)
    case .role(let role, _): names.name(role)
    case .membership(let team, _): names.name(team, \.teams)
    }
  }

  static let columns: [Column<Self>] = [
    Column("kind", "Kind") { $0.kind },
    // As in `team:Sales MX`.
    Column("holder", "Holder") { $0.names.reference($0.thing.holder) },
    Column("what", "What") { $0.what },
    Column("ended", "Ended (UTC)", { $0.bounds.until?.printed }) { $0.bounds.until?.minute },
    .dataIfAny("from") { $0.bounds.from?.printed },
  ]
}

extension EndedHoldings {
  var records: [EndedRecord] {
    holdings.map { EndedRecord(thing: $0.value, bounds: $0.bounds, names: names) }
  }
}
