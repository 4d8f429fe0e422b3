internal import Access
internal import Store

extension NoticeCondition {
  /// Everything that is kept is looked at, because a gate may have been away from its database for as long as it likes
  /// before it records what it answered.
  static let gateStale = NoticeCondition(
    "gate.stale", "a gate answered by what it knew, without its database", for: .securityRead,
    isAudited: true
  ) { scene in
    try scene.uses.staleSpans().map(gateStale)
  }

  /// One sighting for each time that a gate was without its database.
  static func gateStale(_ span: StaleSpan) -> NoticeSighting {
    let answers = span.count == 1 ? "1 old answer" : "\(span.count.grouped) old answers"
    return NoticeSighting(
      subject: "gate", mark: span.id.description, at: span.firstAt,
      words:
        "the gate on \(span.host) gave \(answers) from \(span.firstAt) to \(span.lastAt), while its database was out of reach",
      data: [
        "host": .text(span.host.text), "process": .number(Int64(span.process)),
        "answers": .number(Int64(span.count)), "since": .text(span.firstAt.description),
        "until": .text(span.lastAt.description),
      ])
  }
}
