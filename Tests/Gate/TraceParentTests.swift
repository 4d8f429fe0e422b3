import Access
import Administration
import Gate
import NIOHTTP1
import Store
import Testing

@Suite struct TraceParentTests {
  private static let trace = "0af7651916cd43dd8448eb211c80319c"
  private static let parent = "b7ad6b7169203331"
  private static let whole = "00-\(trace)-\(parent)-01"

  @Test(
    "a place in a trace is taken as the recommendation of the W3C says",
    arguments: [
      (whole, whole), ("00-\(trace)-\(parent)-00", "00-\(trace)-\(parent)-00"),
      // Of a later version the first four fields are known.
      ("cc-\(trace)-\(parent)-01-what-the-future-brings", "cc-\(trace)-\(parent)-01"),
      ("cc-\(trace)-\(parent)-01", "cc-\(trace)-\(parent)-01"), ("cc-\(trace)-\(parent)-01.more", nil),
      ("00-\(trace)-\(parent)-01-more", nil), ("ff-\(trace)-\(parent)-01", nil), ("", nil), ("00", nil),
      ("00-\(trace.uppercased())-\(parent)-01", nil), ("00-\(trace)-\(parent)-0", nil),
      ("00-\(trace)-\(parent)-1g", nil), ("00_\(trace)_\(parent)_01", nil),
      ("00-\(String(repeating: "0", count: 32))-\(parent)-01", nil),
      ("00-\(trace)-\(String(repeating: "0", count: 16))-01", nil),
      ("00-\(trace)\(parent)-01-000", nil), ("00-\(trace)-\(parent)-0\u{E9}", nil),
    ])
  func forms(text: String, taken: String?) {
    #expect(TraceParent(text)?.description == taken)
  }

  @Test(
    "a denial keeps the one valid place in a trace, and no other",
    arguments: [
      ([whole], whole), ([" \(whole)\t"], whole), ([], nil), (["nonsense"], nil), ([whole, whole], nil),
      (["\(whole)\u{1B}[31m"], nil),
    ] as [([String], String?)])
  func denials(values: [String], kept: String?) throws {
    let scene = try GateScene()
    var headers: HTTPHeaders = [:]
    for value in values { headers.add(name: "Traceparent", value: value) }
    #expect(scene.nginx("/sales", headers: headers).status == 401)
    scene.write()
    let denial = try #require(try scene.administration.denials(.first, limit: 1).rows.first?.denial)
    #expect(denial.request.traceparent == kept)
    #expect(denial.facts.first { $0.title == "Trace" }?.text == kept)
  }
}
