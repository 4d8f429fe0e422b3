package import Access
internal import Store

/// Something that popsec tells of by itself.
///
/// A new condition is one file beside this one, and one entry in ``all``. All else follows from the entry: what is
/// raised and remembered, what is handed over, and what `popsec notify list` shows.
package struct NoticeCondition: Sendable {
  /// Whether what was told once is ever told again.
  enum Recurrence: Sendable {
    /// Each sighting has a mark of its own occasion, and is told once.
    case onceAnOccasion
    /// A sighting is told once for as long as it holds. When it has ended, it may be told again.
    case onceWhileItHolds
  }

  /// What its events are called behind `popsec.`, such as `token.ends`.
  package let key: String
  /// What it tells of, in a few words.
  package let meaning: String
  /// Who has this permission may be shown its notices.
  package let permission: Permission
  let recurrence: Recurrence
  /// So long it is not looked at again after a look. 0: with each run.
  let restSeconds: Int64
  /// What holds now. An error means that nothing is known, and leaves all as it is.
  let sightings: @Sendable (NoticeScene) throws -> [NoticeSighting]

  init(
    _ key: String, _ meaning: String, for permission: Permission, _ recurrence: Recurrence = .onceAnOccasion,
    restSeconds: Int64 = 0, sightings: @escaping @Sendable (NoticeScene) throws -> [NoticeSighting]
  ) {
    self.key = key
    self.meaning = meaning
    self.permission = permission
    self.recurrence = recurrence
    self.restSeconds = restSeconds
    self.sightings = sightings
  }

  /// The one list of conditions.
  package static let all: [NoticeCondition] = [
    .tokenEnds, .tokenNewNetwork, .tokenDenials, .tokenOlderID, .proposalWaits, .storeFails, .auditFails,
    .noticesGivenUp,
  ]

  /// The type of its CloudEvents.
  package static func eventType(of key: String) -> String { "popsec." + key }
}

/// Something that holds now, of one condition.
struct NoticeSighting: Hashable, Sendable {
  /// What it is about, such as `token/3f9k2`.
  let subject: String
  /// Tells the occasion and the threshold apart from others of the same subject.
  let mark: String
  /// When it came about.
  let at: Timestamp
  /// In words, without a full stop.
  let words: String
  /// For programs.
  let data: [String: NoticeDatum]

  /// By which what was raised is known again.
  func key(of condition: NoticeCondition) -> String {
    let parts = [condition.key, subject, mark].filter { !$0.isEmpty }
    return Self.plain(parts.joined(separator: "/"))
  }

  /// Standard Webhooks signs `id.time.body`, so that an id has no full stop; in a header it is ASCII.
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
      document: try JSONText.encode(data.merging(["text": .text(words)]) { $1 }), at: min(at, now))
  }
}

/// A value within what an event tells programs.
package enum NoticeDatum: Hashable, Sendable, Codable {
  case text(String)
  case number(Int64)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // JSON has no other means to tell a number from a text than to try.
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
