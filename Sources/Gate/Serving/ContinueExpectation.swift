package import NIOHTTP1

/// What a request waits for before it sends its body (RFC 9110, section 10.1.1).
package enum ContinueExpectation: Hashable, Sendable {
  /// It does not wait, or has no body: some servers in between take no interim answer then.
  case nothing
  /// To be asked for the body.
  case body
  /// It is refused at once, so that the body need not be sent.
  case tooLargeBody

  /// Other expectations than `100-continue` are not looked at, nor that of HTTP/1.0.
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
