internal import Access
internal import Store

/// What a receiver is told of one event (CloudEvents 1.0, JSON event format).
package struct CloudEvent: Encodable, Sendable {
  let specversion = "1.0"
  package let id: String
  /// The store.
  package let source: String
  package let type: String
  package let subject: String
  let time: String
  let datacontenttype = "application/json"
  let data: [String: NoticeDatum]

  /// Errors: `DecodingError` where the store has something else than popsec writes.
  init(_ event: NoticeEvent, source: String) throws {
    id = event.id
    self.source = source
    type = NoticeCondition.eventType(of: event.condition)
    subject = event.subject
    time = event.at.description
    data = try NoticeDocument.data(of: event)
  }

  /// On one line, the same for each attempt.
  package var json: String { get throws { try JSONText.encode(self) } }
}
