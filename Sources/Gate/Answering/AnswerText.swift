internal import Access
private import Glibc
internal import NIOHTTP1

/// The text of an answer in HTTP/1.1 (RFC 9112, section 4). The date and the decision come first, so that the rest of an
/// answer can be kept.
struct AnswerText {
  private(set) var bytes: [UInt8] = []
  /// All that follows the date and the decision.
  let rest: [UInt8]

  static let continuation = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
  private static let decisionField = "X-Popsec-Decision"

  /// How an answer ends what the connection is there for.
  enum Ending {
    /// The connection stays open.
    case stays
    /// The connection stays open, and the client has to be told.
    case staysAsAsked
    case closes
  }

  /// Fails for an answer with a header that would end early. There is none in what the gate answers; this is the last
  /// place where one would be noticed.
  init?(_ answer: Answer, date: String, version: HTTPVersion, ending: Ending, isHead: Bool) {
    let decision = answer.headers.first { $0.name == Self.decisionField }?.value
    guard let rest = Self.rest(answer, ending, isHead: isHead) else { return nil }
    bytes.reserveCapacity(160 + rest.count)
    let status = HTTPResponseStatus(statusCode: answer.status)
    bytes +=
      "HTTP/\(version.major).\(version.minor) \(answer.status) \(status.reasonPhrase)\r\nDate: \(date)\r\n"
      .utf8
    if let decision { bytes += "\(Self.decisionField): \(decision)\r\n".utf8 }
    bytes += rest
    self.rest = rest
  }

  /// All that follows the date and the decision: what is the same each time that an answer is given.
  private static func rest(_ answer: Answer, _ ending: Ending, isHead: Bool) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1_024)
    for (name, value) in answer.headers where name != decisionField {
      guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
      append(name, value, to: &bytes)
    }
    append("Content-Length", String(answer.body.utf8.count), to: &bytes)
    switch ending {
    case .stays: break
    case .staysAsAsked: append("Connection", "keep-alive", to: &bytes)
    case .closes: append("Connection", "close", to: &bytes)
    }
    bytes += "\r\n".utf8
    if !isHead { bytes += answer.body.utf8 }
    return bytes
  }

  private static func append(_ name: String, _ value: String, to bytes: inout [UInt8]) {
    bytes += name.utf8
    bytes += ": ".utf8
    bytes += value.utf8
    bytes += "\r\n".utf8
  }
}

/// What comes before the rest of each kept answer: the same for one second, up to the decision.
struct KeptAnswerStart {
  private var second: Timestamp?
  private var bytes: [UInt8] = []

  /// The bytes before the decision's ID. `date` makes the value of `Date`.
  mutating func bytes(at now: Timestamp, date: () -> String) -> [UInt8] {
    if second != now {
      (second, bytes) = (now, Array("HTTP/1.1 200 OK\r\nDate: \(date())\r\nX-Popsec-Decision: ".utf8))
    }
    return bytes
  }
}

/// Makes the IDs of decisions. It asks the system for random numbers once for many of them.
struct DecisionIDSource {
  private var words: [UInt64] = []
  private static let wordsAtOnce = 32

  /// The next ID, as 16 lower-case hexadecimal digits.
  mutating func next() -> DecisionID {
    if words.isEmpty { words = Self.random() }
    return DecisionID(words.popLast() ?? .random(in: .min ... .max))
  }

  /// Nothing, where the system does not give so many at once.
  private static func random() -> [UInt64] {
    var words = [UInt64](repeating: 0, count: wordsAtOnce)
    let result = words.withUnsafeMutableBytes { getentropy($0.baseAddress, $0.count) }
    return result == 0 ? words : []
  }
}
