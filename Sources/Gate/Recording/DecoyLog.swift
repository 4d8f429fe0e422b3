internal import Access
internal import Administration

/// Which presentations of decoys the log has told, so that a flood of them does not fill the log.
struct DecoyLog {
  private struct Told {
    let since: Timestamp
    var sources: Set<IPAddress?> = []
  }

  private var told: [DecoyID: Told] = [:]

  private static let seconds: Int64 = 3_600

  /// Whether the decoy was not told of for this address in the present hour, and not for too many others.
  mutating func isNews(_ presented: PresentedDecoy) -> Bool {
    let (id, now) = (presented.decoy.id, presented.at)
    var known = told[id] ?? Told(since: now)
    if known.since.adding(seconds: Self.seconds) <= now { known = Told(since: now) }
    guard known.sources.count < DecoyUse.maximumSources else { return false }
    let isNew = known.sources.insert(presented.source).inserted
    if isNew { told[id] = known }
    return isNew
  }
}

extension PresentedDecoy {
  /// What the log tells. A Token ID in an address is left out, as in denials.
  var fields: [String: String] {
    let first = first
    var fields = ["decoy": decoy.id.description, "name": decoy.name, "decision": id.rawValue]
    fields["source"] = source?.description
    fields["place"] = first.request.place
    fields["host"] = first.request.host
    fields["path"] = first.request.path
    return fields
  }
}
