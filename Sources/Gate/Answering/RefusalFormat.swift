internal import Access
package import NIOHTTP1

/// The form of a refusal in the answer's body.
package enum RefusalFormat: Hashable, Sendable {
  /// Plain text, for people who see it in a browser.
  case text
  /// A problem document in JSON (RFC 9457), for programs.
  case problem

  var contentType: String {
    switch self {
    case .text: "text/plain; charset=utf-8"
    case .problem: "application/problem+json"
    }
  }

  /// Reads the form from `Accept` (RFC 9110, section 12.5.1). Where a wildcard alone makes both forms equally
  /// welcome, text is chosen: a client must name JSON to get it.
  package init(accepting headers: HTTPHeaders) {
    var json: Int?
    // Of `text/plain`, `text/*` and `*/*` the most specific one counts.
    var plain: (rank: Int, weight: Int) = (0, 0)
    for range in headers["Accept"].lazy.flatMap({ $0.split(separator: ",") }) {
      guard let (type, weight) = Self.range(range) else { continue }
      switch type {
      case "application/problem+json", "application/json": json = max(json ?? 0, weight)
      case "text/plain": if plain < (3, weight) { plain = (3, weight) }
      case "text/*": if plain < (2, weight) { plain = (2, weight) }
      case "*/*": if plain < (1, weight) { plain = (1, weight) }
      default: break
      }
    }
    self = json.map { $0 > 0 && $0 >= plain.weight } == true ? .problem : .text
  }

  /// A media range in lower case, with its weight in thousandths; nil where the weight is malformed.
  private static func range(_ text: Substring) -> (type: String, weight: Int)? {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(\.trimmed)
    guard let type = parts.first else { return nil }
    for part in parts.dropFirst() where part.prefix(2).isSameHeader(as: "q=") {
      guard let weight = thousandths(part.dropFirst(2)) else { return nil }
      return (type.lowercased(), weight)
    }
    return (type.lowercased(), 1_000)
  }

  /// A weight: `0` or `1` with at most three digits after the point (RFC 9110, section 12.4.2).
  private static func thousandths(_ text: Substring) -> Int? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, whole == "0" || whole == "1" else { return nil }
    let digits = parts.count > 1 ? parts[1] : ""
    guard digits.utf8.count <= 3, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let padded = String(digits) + String(repeating: "0", count: 3 - digits.utf8.count)
    guard let part = Int(padded), whole == "0" || part == 0 else { return nil }
    return whole == "1" ? 1_000 : part
  }
}

/// A refusal in words.
struct Refusal {
  let status: Int
  /// The reason as in `X-Popsec-Reason`.
  let reason: String
  /// The refusal for people. It reveals nothing of what is behind the gate.
  let detail: String
  let decision: DecisionID

  func body(_ format: RefusalFormat) -> String {
    switch format {
    case .text: "access denied: \(detail)\ndecision \(decision.rawValue)\n"
    case .problem: problem
    }
  }

  /// The problem document. It has no `type`, because its title is that of the status (RFC 9457, section
  /// 4.2.1).
  private var problem: String {
    let title = HTTPResponseStatus(statusCode: status).reasonPhrase
    let members = [
      ("title", JSONString.quoted(title, plain: .ascii)), ("status", String(status)),
      ("detail", JSONString.quoted(detail, plain: .ascii)),
      ("reason", JSONString.quoted(reason, plain: .ascii)),
      ("decision", JSONString.quoted(decision.rawValue, plain: .ascii)),
    ]
    return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}\n"
  }
}
