package import Access
internal import Store

/// A condition about which popsec notifies people by itself.
///
/// A new condition needs one file beside this one, and one entry in ``all``. Everything else follows from the
/// entry: what is raised and remembered, what is handed over, and what `popsec notify list` shows.
package struct NoticeCondition: Sendable {
  /// Whether something that raised an event can raise one again.
  enum Recurrence: Sendable {
    /// Each sighting has the mark of its occasion, and raises one event only.
    case onceAnOccasion
    /// A sighting raises one event for as long as it holds. After it has ended, it may raise an event again.
    case onceWhileItHolds
  }

  /// The name of the condition, which follows `popsec.` in the type of its events, such as `token.ends`.
  package let key: String
  /// The meaning of the condition, in a few words.
  package let meaning: String
  /// The permission for seeing the condition's notices.
  package let permission: Permission
  let recurrence: Recurrence
  /// The number of seconds after a look in which the condition is not looked at again; 0 looks in each run.
  let restSeconds: Int64
  /// Whether each event gets a row in the audit log, because whoever found its reason may not write there. The action is
  /// the condition's key, and the fields are the event's data.
  let isAudited: Bool
  /// Finds what holds now. An error means that nothing is known, and leaves everything as it is.
  let sightings: @Sendable (NoticeScene) throws -> [NoticeSighting]

  init(
    _ key: String, _ meaning: String, for permission: Permission, _ recurrence: Recurrence = .onceAnOccasion,
    restSeconds: Int64 = 0, isAudited: Bool = false,
    sightings: @escaping @Sendable (NoticeScene) throws -> [NoticeSighting]
  ) {
    self.key = key
    self.meaning = meaning
    self.permission = permission
    self.recurrence = recurrence
    self.restSeconds = restSeconds
    self.isAudited = isAudited
    self.sightings = sightings
  }

  /// All conditions. This is the only list of them.
  package static let all: [NoticeCondition] = [
    .tokenEnds, .tokenNewNetwork, .tokenDenials, .tokenOlderID, .decoyUsed, .gateStale, .lawBroken,
    .proposalWaits, .storeFails, .auditFails, .noticesGivenUp,
  ]

  /// The type of the condition's CloudEvents.
  package static func eventType(of key: String) -> String { "popsec." + key }
}

/// Something that a condition found to hold now.
struct NoticeSighting: Hashable, Sendable {
  /// The subject of the sighting, such as `token/3f9k2`.
  let subject: String
  /// The occasion or the threshold, which distinguishes sightings of the same subject.
  let mark: String
  /// The time when the sighting came about.
  let at: Timestamp
  /// The words for people, without a full stop.
  let words: String
  /// The values for programs.
  let data: [String: NoticeDatum]

  /// The key under which popsec remembers that the sighting raised an event.
  func key(of condition: NoticeCondition) -> String {
    let parts = [condition.key, subject, mark].filter { !$0.isEmpty }
    return Self.plain(parts.joined(separator: "/"))
  }

  /// The text as a part of an event's id. Standard Webhooks signs `id.time.body`, so an id must not have a
  /// full stop. An id also stands in a header, so it must be ASCII.
  private static func plain(_ text: String) -> String {
    String(
      decoding: text.utf8.map { byte in
        let isPlain =
          (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || "-_:/".utf8.contains(byte)
        return isPlain ? byte : UInt8(ascii: "-")
      }, as: UTF8.self)
  }

  func event(of condition: NoticeCondition, now: Timestamp) throws -> NoticeEvent {
    let key = key(of: condition)
    let id =
      switch condition.recurrence {
      case .onceAnOccasion: key
      case .onceWhileItHolds: "\(key)/\(now)"
      }
    return NoticeEvent(
      id: id, raisedKey: key, condition: condition.key, subject: subject, words: words,
      document: try JSONText.encode(data.merging([NoticeDocument.words: .text(words)]) { $1 }),
      at: min(at, now))
  }
}

/// A value in the data that an event has for programs.
package enum NoticeDatum: Hashable, Sendable, Codable {
  case text(String)
  case number(Int64)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // Decoding has to try, because JSON has no other means to tell a number from a text.
    if let number = try? container.decode(Int64.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .number(let number): try container.encode(number)
    }
  }
}
