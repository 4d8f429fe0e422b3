import Access
import Foundation
import Gate
import NIOHTTP1
import Testing

@Suite struct RefusalTests {
  /// The values of Accept; whether a problem document is asked for.
  static let accepted: [([String], Bool)] = [
    ([], false), ([""], false), (["*/*"], false), (["application/*"], false), (["text/html"], false),
    (["application/problem+json"], true), (["application/json"], true), (["APPLICATION/PROBLEM+JSON"], true),
    (["application/json, text/plain, */*"], true), (["application/problem+json, */*"], true),
    (["text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"], false),
    (["application/problem+json;q=0"], false), (["application/problem+json;q=0.000"], false),
    (["application/problem+json;q=0.5, text/plain"], false),
    (["application/problem+json;q=0.5, text/plain;q=0.4"], true),
    (["text/*;q=0.3, text/plain;q=0.9, application/json;q=0.5"], false),
    (["text/plain;q=0.3, */*, application/json;q=0.5"], true),
    (["text/html", "application/problem+json ; Q=0.001"], true),
    (["application/problem+json;q=1.1"], false), (["application/problem+json;q=x"], false),
    (["application/problem+json;q=0.5000"], false), (["application/problem+json;profile=x;q=1.000"], true),
    ([",;,=;q"], false), (["application/problem+jsonx"], false),
  ]

  @Test("a problem document is made where JSON is named and as welcome as text", arguments: accepted)
  func accept(values: [String], isProblem: Bool) {
    var headers = HTTPHeaders()
    for value in values { headers.add(name: "Accept", value: value) }
    #expect((RefusalFormat(accepting: headers) == .problem) == isProblem)
  }

  private struct Problem: Decodable {
    let title: String
    let status: Int
    let detail: String
    let reason: String
    let decision: String
  }

  private static func problem(_ answer: Answer) throws -> Problem {
    #expect(answer.header("Content-Type") == "application/problem+json")
    return try JSONDecoder().decode(Problem.self, from: Data(answer.body.utf8))
  }

  @Test("each refusal is a problem document that agrees with its headers")
  func refusals() throws {
    let scene = try GateScene()
    let asking: HTTPHeaders = ["Accept": "application/problem+json"]
    let refused = [
      scene.nginx("/sales", headers: asking), scene.nginx("/a//b", headers: asking),
      scene.forward("/a//b", headers: asking),
      scene.forward("/api/orders?token=" + scene.tokenID.revealed, headers: asking),
      scene.forward(scene.withToken + "&token=x", headers: asking),
      scene.worker.answer(RawRequest(target: "/nothing", headers: asking)),
      scene.evaluate("{}", method: "GET", headers: asking), scene.evaluate("{}", headers: asking),
    ]
    #expect(refused.map(\.status) == [401, 403, 400, 403, 400, 404, 405, 400])
    for answer in refused {
      let problem = try Self.problem(answer)
      #expect(problem.status == answer.status)
      #expect(problem.title == HTTPResponseStatus(statusCode: answer.status).reasonPhrase)
      #expect(problem.reason == answer.header("X-Popsec-Reason"))
      #expect(problem.decision == answer.header("X-Popsec-Decision"))
      let isSecret = answer.body.contains(scene.tokenID.revealed)
      #expect(!isSecret)
    }
  }

  @Test("a browser gets a refusal in words")
  func text() throws {
    let answer = try GateScene().forward("/sales", headers: ["Accept": "text/html, */*;q=0.8"])
    #expect(answer.header("Content-Type") == "text/plain; charset=utf-8")
    #expect(answer.body.hasPrefix("access denied: a valid token is needed\ndecision "))
  }

  /// Seconds since 1970.
  static let dates: [(Int64, String)] = [
    (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
    (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
    (Timestamp.range.upperBound, "Fri, 31 Dec 9999 23:59:59 GMT"),
    (Timestamp.range.lowerBound, "Mon, 01 Jan 0001 00:00:00 GMT"),
  ]

  @Test("a time is written as HTTP has it", arguments: dates)
  func date(seconds: Int64, expected: String) throws {
    #expect(try #require(Timestamp(secondsSince1970: seconds)).httpDate == expected)
  }

  /// `Expect`, what is said of the body, the version; what is expected.
  struct Waiting: Sendable {
    let expect: String?
    let body: String?
    var version = HTTPVersion.http1_1
    let expected: ContinueExpectation
  }

  static let waiting: [Waiting] = [
    Waiting(expect: nil, body: nil, expected: .nothing), Waiting(expect: nil, body: "5", expected: .nothing),
    Waiting(expect: "100-continue", body: "5", expected: .body),
    Waiting(expect: "100-Continue", body: "chunked", expected: .body),
    Waiting(expect: "other, 100-continue", body: "5", expected: .body),
    Waiting(expect: "100-continue", body: "5", version: .http1_0, expected: .nothing),
    Waiting(expect: "100-continue", body: nil, expected: .nothing),
    Waiting(expect: "100-continue", body: "0", expected: .nothing),
    Waiting(expect: "other", body: "5", expected: .nothing),
    Waiting(expect: "100-continue", body: "262144", expected: .body),
    Waiting(expect: "100-continue", body: "262145", expected: .tooLargeBody),
  ]

  @Test("a body that waits to be asked for is asked for, where there is one", arguments: waiting)
  func expectation(waiting: Waiting) {
    var head = HTTPRequestHead(version: waiting.version, method: .POST, uri: "/")
    if let expect = waiting.expect { head.headers.add(name: "Expect", value: expect) }
    if let body = waiting.body {
      head.headers.add(name: body == "chunked" ? "Transfer-Encoding" : "Content-Length", value: body)
    }
    #expect(ContinueExpectation(head) == waiting.expected)
  }
}
