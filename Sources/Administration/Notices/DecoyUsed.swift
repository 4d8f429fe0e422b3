internal import Access
internal import Store

extension NoticeCondition {
  /// Everything that is kept is looked at, however long ago the last look was, because no use of a decoy may be missed.
  static let decoyUsed = NoticeCondition(
    "decoy.used", "somebody presented a decoy, which nobody has a reason to have", for: .auditRead
  ) { scene in
    try scene.uses.decoyUses().map { use in
      decoyUsed(use, try DecoyCase(use, path: scene.administration.location))
    }
  }

  /// One sighting for each decoy, address and day: the first presentation, with the number of those so far.
  static func decoyUsed(_ use: DecoyUse, _ first: DecoyCase) -> NoticeSighting {
    let source = use.key.source?.description
    let request = first.request
    let place = request.place ?? request.host.map { $0 + (request.path ?? "") }
    let times = use.count == 1 ? "" : ", \(use.count) times so far"
    let facts: [String: String?] = [
      "decoy": use.key.decoy.description, "name": first.decoy,
      "kind": first.token == nil ? "planted" : "sealed",
      "tokenId": first.token, "source": source, "place": request.place, "method": request.method,
      "host": request.host, "path": request.path, "userAgent": request.userAgent, "decision": first.decision,
    ]
    var data = facts.compactMapValues { $0.map(NoticeDatum.text) }
    data["count"] = .number(Int64(use.count))
    return NoticeSighting(
      subject: "decoy/\(use.key.decoy)", mark: "\(use.key.day.day)/\(source ?? "other")", at: use.firstAt,
      words:
        "the \(first.token == nil ? "planted decoy" : "decoy") \(quoted(first.decoy)) was presented from "
        + "\(source ?? "an address that is not known") at \(place ?? "an unknown place")\(times)",
      data: data)
  }
}
