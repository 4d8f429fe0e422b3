import Access
import Administration
import Foundation
import Gate
import Testing

@Suite struct EvaluationTests {
  private static func decisions(_ answer: Answer) throws -> [Bool] {
    let json = try JSONSerialization.jsonObject(with: Data(answer.body.utf8))
    let object = try #require(json as? [String: Any])
    let all = (object["evaluations"] as? [[String: Any]]) ?? [object]
    return all.compactMap { $0["decision"] as? Bool }
  }

  @Test("an application's question is answered with the decision and its trace")
  func single() throws {
    let scene = try GateScene()
    let answer = scene.evaluate(
      """
      {"subject":{"type":"token","id":"\(scene.tokenID.revealed)"},"action":{"name":"view"},
       "resource":{"type":"widget","id":"Sales","properties":{"company":"MX"}},"unknown":1}
      """)
    #expect(answer.status == 200)
    #expect(try Self.decisions(answer) == [true])
    let isTold = answer.body.contains(#""step":"grant""#) && answer.body.contains(#""trace":["#)
    #expect(isTold)
    let isSecret = answer.body.contains(scene.tokenID.revealed)
    #expect(!isSecret)
  }

  /// Subject, action and resource; the decision.
  static let questions: [(String, Bool)] = [
    (
      #""subject":{"type":"apiUser","id":"portal ünited, mexico"},"action":{"name":"view"},"resource":{"type":"widget","id":"sales"}"#,
      true
    ),
    (
      #""subject":{"type":"apiUser","id":"Portal Ünited, Mexico"},"action":{"name":"GET"},"resource":{"type":"endpoint","id":"orders"}"#,
      false
    ),
    (
      #""subject":{"type":"apiUser","id":"Portal Ünited, Mexico"},"action":{"name":"read"},"resource":{"type":"list","id":"Sales Orders","properties":{"connector":"Business Central"}}"#,
      false
    ),
    (
      #""subject":{"type":"apiUser","id":"nobody"},"action":{"name":"view"},"resource":{"type":"widget","id":"Sales"}"#,
      false
    ),
    (
      #""subject":{"type":"user","id":"\u0000"},"action":{"name":"view"},"resource":{"type":"widget","id":"Sales"}"#,
      false
    ),
    (
      #""subject":{"type":"token","id":"nonsense"},"action":{"name":"view"},"resource":{"type":"widget","id":"Sales"}"#,
      false
    ),
  ]

  @Test("widgets, endpoints and lists can be asked about", arguments: questions)
  func question(body: String, expected: Bool) throws {
    #expect(try Self.decisions(GateScene().evaluate("{\(body)}")) == [expected])
  }

  static let malformed: [String] = [
    "", "[]", "{}", "null", "{\"subject\":1}", #"{"subject":{"type":"token","id":"x"}}"#,
    #"{"subject":{"type":"x","id":"x"},"action":{"name":"view"},"resource":{"type":"widget","id":"Sales"}}"#,
    #"{"subject":{"type":"token","id":"x"},"action":{"name":"view"},"resource":{"type":"x","id":"Sales"}}"#,
    #"{"subject":{"id":"nobody"},"action":{"name":"view"},"resource":{"type":"widget","id":"Sales"}}"#,
    #"{"subject":{"type":"apiUser","id":"nobody"},"action":{"name":1},"resource":{"type":"widget","id":"Sales"}}"#,
    String(repeating: "[", count: 100_000),
  ]

  @Test("a body that is no question gets 400, and its content is not repeated", arguments: malformed)
  func refused(body: String) throws {
    let answer = try GateScene().evaluate(body)
    #expect(answer.status == 400)
    #expect(!answer.body.contains("nobody"))
  }

  static let semantics: [(String, [Bool])] = [
    ("execute_all", [true, false, true]), ("deny_on_first_deny", [true, false]),
    ("permit_on_first_permit", [true]),
  ]

  @Test(
    "an evaluation takes from the batch what it lacks, and the batch ends as its semantics say",
    arguments: semantics)
  func batch(semantic: String, expected: [Bool]) throws {
    let body = """
      {"subject":{"type":"apiUser","id":"Portal Ünited, Mexico"},"action":{"name":"view"},
       "options":{"evaluations_semantic":"\(semantic)"},
       "evaluations":[{"resource":{"type":"widget","id":"Sales"}},{"resource":{"type":"widget","id":"Nowhere"}},
         {"resource":{"type":"widget","id":"Sales","properties":{"company":"MX"}}}]}
      """
    let answer = try GateScene().evaluate(body, path: "/access/v1/evaluations")
    #expect(try Self.decisions(answer) == expected)
  }

  @Test("a question is posted")
  func method() throws {
    let answer = try GateScene().evaluate("{}", method: "GET")
    #expect(answer.status == 405 && answer.header("Allow") == "POST")
  }
}
