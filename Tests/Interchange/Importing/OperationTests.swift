import Access
import Administration
import Store
import Testing

@testable import Interchange

@Suite("Operations")
struct OperationTests {
  private static func index(_ fixture: Fixture) throws -> AddressIndex<AddressedThing> {
    AddressIndex(widgets: [], endpoints: try fixture.store.read { try $0.endpoints() })
  }

  /// The endpoint that a request is allowed to go to, if it takes the method.
  private static func find(
    _ method: String, _ target: String, on host: String, in index: AddressIndex<AddressedThing>
  ) throws -> String? {
    let method = try #require(HTTPMethod(rawValue: method))
    let request = try RequestedAddress(host: host, target: target)
    guard case .one(.endpoint(let endpoint)) = index.find(request, method: method),
      endpoint.methods.contains(method)
    else { return nil }
    return endpoint.name.text
  }

  @Test(
    "a token limited to GitHub's re-run of a job does not merge, transfer or add hooks",
    arguments: [
      ("POST", "/repos/o/r/actions/jobs/1/rerun", "actions/re-run-job-for-workflow-run"),
      ("PUT", "/repos/o/r/pulls/1/merge", "pulls/merge"), ("POST", "/repos/o/r/merges", "repos/merge"),
      ("POST", "/repos/o/r/transfer", "repos/transfer"), ("POST", "/repos/o/r/hooks", "repos/create-webhook"),
      ("GET", "/repos/o/r/hooks", "repos/list-webhooks"), ("DELETE", "/repos/o/r", "repos/delete"),
      ("GET", "/repos/o/r", "repos/get"), ("GET", "/gists/public", "gists/list-public"),
      ("GET", "/gists/1", "gists/get"), ("GET", "/gists/1/public", "gists/get-revision"),
      ("POST", "/gists/public", nil), ("POST", "/repos/o/r/actions/jobs/1/rerun/x", nil),
      ("GET", "/repos/o/r/unknown", nil), ("GET", "/", "meta/root"),
    ] as [(String, String, String?)])
  func gitHub(method: String, target: String, name: String?) throws {
    let fixture = try Fixture()
    try fixture.carryOut(
      CatalogueImport.parse(
        try Document.bytes(Document.gitHub), named: "doc", as: .openapi, ImportOptions()))
    let found = try Self.find(method, target, on: "api.github.com", in: Self.index(fixture))
    #expect(found == name)
    let rerun = "actions/re-run-job-for-workflow-run"
    #expect((found == rerun) == (name == rerun))
  }

  @Test("an operation that is left out, by a mapping or for want of an address, is opened by no other")
  func leftOut() throws {
    let text = Document.openAPI(
      """
        /users/me: {get: {operationId: me}, put: {operationId: setMe}}
        /users/{id}: {get: {operationId: user}, post: {operationId: post}}
        /{any}/{id}: {get: {operationId: any}}
        /{any}/{id}/x: {get: {operationId: x}}
        /diff/{a}...{b}: {get: {operationId: diff}}
        /diff/{c}: {get: {operationId: one}}
        /diff/all: {get: {operationId: all}}
        /part/{id}#now: {get: {operationId: part}}
        /part/{id}: {get: {operationId: parts}}
        /part/1: {get: {operationId: first}}
      """)
    let fixture = try Fixture()
    let plan = try fixture.carryOut(CatalogueImport(text, .openapi, map: "skip: {endpoints: [me]}"))
    let endpoints = try fixture.store.read { try $0.endpoints() }.map(\.name.text)
    #expect(endpoints.sorted() == ["all", "first", "post", "setMe", "x"])
    #expect(
      plan.notes.map(\.text).filter { $0.contains("it would open") }.sorted() == [
        "left out: endpoint “any”: it would open “me”, which is left out",
        "left out: endpoint “one”: it would open “GET /diff/{a}...{b}”, which is left out",
        "left out: endpoint “parts”: it would open “GET /part/{id}#now”, which is left out",
        "left out: endpoint “user”: it would open “me”, which is left out",
      ])
  }

  @Test(
    "the endpoint that would open one of 6,000 left-out operations is found without a look at each pair",
    .timeLimit(.minutes(1)))
  func many() throws {
    let paths = (0..<6_000).map { "  /out\($0)/{id}: {get: {operationId: out\($0)}}" }
    let kept = (0..<6_000).map { "  /in\($0)/{id}: {get: {operationId: in\($0)}}" }
    let text = Document.openAPI((paths + kept).joined(separator: "\n"))
    let imported = try #require(
      CatalogueImport(text, .openapi, map: "skip: {endpoints: ['out*']}").connectors.first)
    var opened = OpenedOperations(imported.leftOut)
    let closed = opened.closing(imported.endpoints ?? [])
    #expect(imported.leftOut.count == 6_000)
    #expect(closed.kept.count == 6_000 && closed.notes.isEmpty)
  }

  // MARK: - Random documents

  private struct Operation: Hashable {
    let method: String
    let segments: [String]
    let isSkipped: Bool
    var path: String { "/" + segments.joined(separator: "/") }
    var name: String { "\(method) \(path)" }
    var isSayable: Bool { !isSkipped && !segments.contains("{x}-{y}") }
  }

  /// Greater goes first; OpenAPI says nothing of two parameters in a segment.
  private static func rank(_ segment: String) -> [Int] {
    switch segment {
    case "{x}", "{x}-{y}": [0, 0, 0]
    case "a{x}": [0, 1, 1]
    case "{x}b": [0, 1, 0]
    default: [1, 0, 0]
    }
  }

  private static func fits(_ text: Substring, _ segment: String) -> Bool {
    switch segment {
    case "{x}": !text.isEmpty
    case "a{x}": text.hasPrefix("a") && text.count > 1
    case "{x}b": text.hasSuffix("b") && text.count > 1
    case "{x}-{y}": text.dropFirst().dropLast().contains("-")
    default: text == segment
    }
  }

  /// The operations whose path goes before those of all others that fit, by a reading of the text.
  private static func meant(_ operations: [Operation], _ request: String) -> [Operation] {
    let parts = request.split(separator: "/")
    let fitting = operations.filter {
      $0.segments.count == parts.count && zip(parts, $0.segments).allSatisfy(fits)
    }
    let best = fitting.map { $0.segments.flatMap(rank) }.max { $0.lexicographicallyPrecedes($1) }
    return fitting.filter { $0.segments.flatMap(rank) == best }
  }

  @Test("in random documents no operation is opened by a request that means another one", arguments: 1...40)
  func random(seed: UInt64) throws {
    var generator = SplitMix(state: seed)
    let pieces = ["a", "ab", "{x}", "{x}", "a{x}", "{x}b", "{x}-{y}"].dropLast(seed % 2 == 0 ? 1 : 0)
    var operations: Set<Operation> = []
    var names: Set<String> = []
    for _ in 0..<14 {
      let segments = (0..<Int.random(in: 1...3, using: &generator)).compactMap { _ in
        pieces.randomElement(using: &generator)
      }
      let isSkipped = seed % 4 > 1 && Int.random(in: 0..<5, using: &generator) == 0
      let method = Bool.random(using: &generator) ? "GET" : "POST"
      let operation = Operation(method: method, segments: segments, isSkipped: isSkipped)
      if names.insert(operation.name).inserted { operations.insert(operation) }
    }
    guard operations.contains(where: \.isSayable) else { return }
    let all = operations.sorted { $0.name < $1.name }
    let paths = Dictionary(grouping: all, by: \.path).sorted { $0.key < $1.key }.map { path, operations in
      "  '\(path)': {" + operations.map { "\($0.method.lowercased()): {}" }.joined(separator: ", ") + "}"
    }
    let skipped = all.filter(\.isSkipped).map { "'\($0.name)'" }.joined(separator: ", ")
    let fixture = try Fixture()
    try fixture.carryOut(
      CatalogueImport(
        Document.openAPI(paths.joined(separator: "\n")), .openapi, map: "skip: {endpoints: [\(skipped)]}"))
    let index = try Self.index(fixture)
    for _ in 0..<300 {
      let request = (0..<Int.random(in: 1...3, using: &generator)).compactMap { _ in
        ["a", "ab", "b", "aab", "a-b", "x", "xb"].randomElement(using: &generator)
      }.joined(separator: "/")
      let method = Bool.random(using: &generator) ? "GET" : "POST"
      let found = try Self.find(method, "/api/" + request, on: "shop.example.com", in: index)
      let meant = Self.meant(all, request).filter { $0.method == method }
      guard let first = meant.first else { continue }
      #expect(
        found == nil || meant.count == 1 && found == first.name, "\(method) /\(request) of \(all.map(\.name))"
      )
      // Nothing more than needed is denied.
      if all.allSatisfy(\.isSayable) { #expect(found == first.name, "\(method) /\(request)") }
    }
  }
}
