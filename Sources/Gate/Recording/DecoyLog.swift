internal import Access
internal import Administration

/// Which presentations of decoys the log has told, so that a flood of them does not fill it.
struct DecoyLog {
  private var told: [DecoyUse.Key: Timestamp] = [:]

  private static let seconds: Int64 = 3_600
  private static let maximumCount = 1_000

  /// Whether the decoy was not told of within the last hour for this address.
  mutating func isNews(_ use: DecoyUse) -> Bool {
    if let last = told[use.key], last.adding(seconds: Self.seconds) > use.firstAt { return false }
    if told.count >= Self.maximumCount { told.removeAll(keepingCapacity: true) }
    told[use.key] = use.firstAt
    return true
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
