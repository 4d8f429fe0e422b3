internal import Access
internal import Store

extension Administration {
  /// Records the events of audited conditions, in the transaction in which they are raised. Each is raised once only, and
  /// so recorded once only.
  func record(_ raised: [NoticeEvent], in writer: any StoreWriter) throws {
    let audited = Set(NoticeCondition.all.filter(\.isAudited).map(\.key))
    let events = raised.filter { audited.contains($0.condition) }
    guard !events.isEmpty else { return }
    let change = try Change(recordingFor: byItself, writer: writer)
    for event in events { try change.record(event) }
    _ = try change.signHead(.none)
  }
}

extension Change {
  fileprivate func record(_ event: NoticeEvent) throws {
    var details = AuditDetails()
    // The details have a field for each value, so that the words would say all of it twice.
    for (name, value) in try NoticeDocument.data(of: event) where name != NoticeDocument.words {
      details.add(name, after: value.printed)
    }
    try record(event.condition, storeTarget, details)
  }
}

extension NoticeDatum {
  fileprivate var printed: String {
    switch self {
    case .text(let text): text
    case .number(let number): String(number)
    }
  }
}
