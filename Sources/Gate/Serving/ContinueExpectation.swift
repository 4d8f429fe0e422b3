package import NIOHTTP1

/// What a client waits for before it sends its body (RFC 9110, section 10.1.1).
package enum ContinueExpectation: Hashable, Sendable {
  /// The client does not wait, or there is no body. Some intermediate servers accept no interim answer then.
  case nothing
  /// The client waits to be asked for the body.
  case body
  /// The request is refused at once, so that the client need not send the body.
  case tooLargeBody

  /// Reads the expectation. Expectations other than `100-continue` are ignored, and so are those of HTTP/1.0.
  package init(_ head: HTTPRequestHead) {
    let expected = head.headers["Expect"].flatMap { $0.split(separator: ",") }
    guard head.version == .http1_1, expected.contains(where: { $0.trimmed.isSameHeader(as: "100-continue") })
    else {
      self = .nothing
      return
    }
    if head.headers.contains(name: "Transfer-Encoding") {
      self = .body
      return
    }
    switch head.headers.first(name: "Content-Length").flatMap({ Int($0) }) ?? 0 {
    case ...0: self = .nothing
    case ...Bounds.bodyBytes: self = .body
    default: self = .tooLargeBody
    }
  }
}
