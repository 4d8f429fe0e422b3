internal import Access
internal import Store

/// The form in which a receiver gets an event (CloudEvents 1.0, JSON event format).
package struct CloudEvent: Encodable, Sendable {
  let specversion = "1.0"
  package let id: String
  /// The store from which the event comes.
  package let source: String
  package let type: String
  package let subject: String
  let time: String
  let datacontenttype = "application/json"
  let data: [String: NoticeDatum]

  /// Makes the event. Errors: `DecodingError` where the store has a text that popsec does not write.
  init(_ event: NoticeEvent, source: String) throws {
    id = event.id
    self.source = source
    type = NoticeCondition.eventType(of: event.condition)
    subject = event.subject
    time = event.at.description
    data = try NoticeDocument.data(of: event)
  }

  /// The event on one line. The text is the same for each attempt.
  package var json: String { get throws { try JSONText.encode(self) } }
}
