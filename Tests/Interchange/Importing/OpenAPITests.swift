import Access
import Testing

@testable import Interchange

@Suite("OpenAPI documents")
struct OpenAPITests {
  private func imported(_ paths: String, map: String? = nil) throws -> CatalogueImport {
    try CatalogueImport(Document.openAPI(paths), .openapi, ImportOptions(), map: map)
  }

  @Test("each path and method is an endpoint over the list of its path, tags are groups, the title names it")
  func endpoints() throws {
    let read = try imported(
      """
        /orders:
          get: {operationId: listOrders, tags: [Sales, More]}
          post: {tags: [Sales]}
        /orders/export:
          head: {}
      """)
    #expect(read.connectorNames.map(\.text) == ["Shop"])
    #expect(read.listWords == ["Sales//orders", "/orders/export"])
    #expect(
      read.endpointWords == [
        "GET https://shop.example.com/api/orders /orders listOrders",
        "POST https://shop.example.com/api/orders /orders POST /orders",
        "GET https://shop.example.com/api/orders/export /orders/export GET /orders/export",
      ])
  }

  @Test("each path is its own list, and its endpoints mean this path and no other")
  func templates() throws {
    let read = try imported(
      """
        /orders/{id}:
          get: {operationId: getOrder}
          delete: {operationId: deleteOrder}
        /orders:
          get: {operationId: listOrders}
        /files/{name}.pdf:
          get: {}
        /{tenant}/x:
          get: {}
        /:
          get: {operationId: root}
      """)
    #expect(
      read.endpointWords == [
        "GET https://shop.example.com/api/orders/{id} /orders/{id} getOrder",
        "DELETE https://shop.example.com/api/orders/{id} /orders/{id} deleteOrder",
        "GET https://shop.example.com/api/orders /orders listOrders",
        "GET https://shop.example.com/api/files/{name}.pdf /files/{name}.pdf GET /files/{name}.pdf",
        "GET https://shop.example.com/api/{tenant}/x /{tenant}/x GET /{tenant}/x",
        "GET https://shop.example.com/api/ / root",
      ])
    #expect(read.connectors.flatMap { $0.endpoints ?? [] }.allSatisfy { $0.match == .exact })
    #expect(read.noteWords == [])
  }

  @Test("an operation that can't have an address, or means the same as another, is left out and named")
  func leftOut() throws {
    let read = try imported(
      """
        /compare/{base}...{head}:
          get: {}
        /a/{x}:
          get: {}
        /a/{y}:
          get: {}
          post: {}
        /a#part:
          get: {}
        /größe/{x y}:
          get: {}
      """)
    #expect(
      read.noteWords == [
        "line 6: left out: operation “GET /compare/{base}...{head}”: a segment of a path must not have two "
          + "parameters",
        "line 10: left out: operation “GET /a/{y}”: a request could mean the operation “GET /a/{x}” as well",
        "line 13: left out: operation “GET /a#part”: an address must not have a # fragment",
      ])
    #expect(
      read.connectors.first?.endpoints?.map(\.named.name.text) == [
        "GET /a/{x}", "POST /a/{y}", "GET /größe/{x y}",
      ])
    #expect(
      read.endpointWords.last
        == "GET https://shop.example.com/api/gr%C3%B6%C3%9Fe/{x_y} /größe/{x y} GET /größe/{x y}")
  }

  @Test("a path that is too long for a name is a list without the names of its parameters")
  func longPaths() throws {
    let read = try imported(
      "  /accounts/{\(String(repeating: "x", count: 90))}/{id}/lines: {get: {}, put: {}}")
    #expect(read.listWords == ["/accounts/{}/{}/lines"])
    #expect(read.endpointWords.map { $0.hasSuffix("T /accounts/{}/{}/lines") } == [true, true])
    #expect(read.noteWords == [])
  }

  @Test(
    "lists are grouped by the tag, by the first part of the path that tells any two apart, or not at all",
    arguments: [
      (.auto, ["T//v1/a", "T//v1/a/{id}/x", "/v1/b", "/v1/{p}"]),
      (.tag, ["T//v1/a", "T//v1/a/{id}/x", "/v1/b", "/v1/{p}"]),
      (.path, ["a//v1/a", "a//v1/a/{id}/x", "b//v1/b", "/v1/{p}"]),
      (.none, ["/v1/a", "/v1/a/{id}/x", "/v1/b", "/v1/{p}"]),
    ] as [(ImportOptions.Grouping, [String])])
  func grouping(by grouping: ImportOptions.Grouping, lists: [String]) throws {
    let text = Document.openAPI(
      "  /v1/a: {get: {tags: [T]}}\n  /v1/a/{id}/x: {get: {tags: [T]}}\n  /v1/b: {get: {}}\n  /v1/{p}: {get: {}}"
    )
    #expect(try CatalogueImport(text, .openapi, ImportOptions(grouping: grouping)).listWords == lists)
  }

  @Test("an operation that stands in another document is not guessed at")
  func splitOperations() throws {
    let text = Document.openAPI("  /a: {get: {$ref: 'resources/a.yml'}}")
    #expect(
      try CatalogueImport.problems(text, .openapi) == [
        "doc:5:20: what stands elsewhere is not read; bundle it first: make one document of all of them, which "
          + "many OpenAPI tools do"
      ])
  }

  @Test(
    "the server of the operation, of the path or of the document is what a path is appended to",
    arguments: [
      ("/a:\n    get: {servers: [{url: 'https://o.example.com'}]}", "https://o.example.com/a"),
      ("/a:\n    servers: [{url: 'https://p.example.com/v1/'}]\n    get: {}", "https://p.example.com/v1/a"),
      ("/a:\n    get: {servers: []}", "https://shop.example.com/api/a"),
      (
        "/a:\n    get: {servers: [{url: 'https://{r}.example.com', variables: {r: {default: eu}}}]}",
        "https://eu.example.com/a"
      ),
    ])
  func servers(path: String, url: String) throws {
    #expect(try imported("  " + path).connectors.first?.endpoints?.map(\.address.value.text) == [url])
  }

  @Test("a server that is no whole address needs one to be named")
  func baseURL() throws {
    let text = "openapi: 3.1.0\ninfo: {title: S}\nservers: [{url: /v1}]\npaths: {/a: {get: {}}}"
    #expect(
      try CatalogueImport.problems(text, .openapi) == [
        "doc:3:17: this server is no whole address; name it (--base-url https://HOST/PATH)"
      ])
    var options = ImportOptions()
    options.baseURL = "https://h.example.com/v2"
    #expect(
      try CatalogueImport(text, .openapi, options).endpointWords == [
        "GET https://h.example.com/v2/a /a GET /a"
      ])
  }

  @Test("JSON says the same as YAML")
  func json() throws {
    let text =
      #"{"openapi": "3.0.0", "info": {"title": "S"}, "servers": [{"url": "https://h"}], "paths": {"/a": {"get": {}}}}"#
    #expect(
      try CatalogueImport(text, .openapi, ImportOptions()).endpointWords == ["GET https://h/a /a GET /a"])
    #expect(
      try CatalogueImport.problems(text.replacing("{}}}}", with: "{}}}"), .openapi).first?.contains(
        "not valid JSON") == true)
  }

  @Test("references within the document are followed, whatever schemas refer to is not looked at")
  func references() throws {
    let text =
      Document.openAPI(
        """
          /a: {$ref: '#/components/pathItems/it'}
          /b: {$ref: '#/paths/~1a', post: {}}
        """)
        + """
        components:
          pathItems:
            it: {get: {responses: {'200': {$ref: 'https://example.com/x.yaml'}}}}
          schemas:
            Loop: {$ref: '#/components/schemas/Loop'}
        """
    #expect(
      try CatalogueImport(text, .openapi).endpointWords.map { $0.prefix { $0 != " " } }
        == ["GET", "POST", "GET"])
  }

  private static let elsewhere =
    "5:14: what stands elsewhere is not read; bundle it first: make one document of all of them, which many "
    + "OpenAPI tools do"

  @Test(
    "references that go round, elsewhere or nowhere are refused in their lines",
    arguments: [
      (
        "/a: {$ref: '#/paths/~1b'}\n  /b: {$ref: '#/paths/~1a'}",
        "6:12: this reference goes round in a circle"
      ),
      (
        "/a: {$ref: 'other.yaml#/a'}",
        elsewhere
      ),
      (
        "/a: {$ref: 'https://169.254.169.254/'}",
        elsewhere
      ),
      ("/a: {$ref: '#/paths/~1c'}", "5:14: this reference leads to no path item of the document"),
    ])
  func badReferences(paths: String, problem: String) throws {
    let problems = try CatalogueImport.problems(Document.openAPI("  " + paths), .openapi)
    #expect(problems.count == 1)
    #expect(problems.first?.hasSuffix(problem.drop { $0 != " " }) == true, "\(problems)")
    #expect(problems.first?.hasPrefix("doc:") == true)
  }

  @Test(
    "a document that is not OpenAPI 3 is refused as such, and nothing else in it is reported",
    arguments: [
      (
        "",
        "doc:1:1: this is no OpenAPI document: it has no key openapi; a document begins with openapi: 3.0.0 or later"
      ),
      (
        "password: hunter2\nhunter2: 1\nhunter2: 2\n",
        "doc:1:1: this is no OpenAPI document: it has no key openapi; a document begins with openapi: 3.0.0 or later"
      ),
      (
        "- hunter2\n",
        "doc:1:1: this is no OpenAPI document: it has no key openapi; a document begins with openapi: 3.0.0 or later"
      ),
      (
        "swagger: '2.0'\n",
        "doc:1:10: this is a document of Swagger 2; convert it to OpenAPI 3: converters are many, and most "
          + "services publish both"
      ),
      (
        "openapi: 4.0.0\n",
        "doc:1:10: version “4.0.0” of OpenAPI is unknown; versions 3.0 and later of 3 are read"
      ),
      ("hunter2: &a [*a]\n", "doc:1:10: anchors are not allowed; drop the & and its name"),
      (
        "hunter2: [\n",
        "doc:2:1: not valid YAML: while parsing a flow node: did not find expected node content"
      ),
    ])
  func none(text: String, problem: String) throws {
    let problems = try CatalogueImport.problems(text, .openapi)
    #expect(problems == [problem])
    #expect(!problems.joined().contains("hunter2"))
  }

  @Test(
    "a document that nests too deeply is refused, in both notations",
    arguments: [
      String(repeating: "[", count: 100_000), "openapi: 3.0.0\nx: " + String(repeating: "[", count: 1_000),
      "{\"openapi\": \"3.0.0\", \"x\": " + String(repeating: "[", count: 100_000),
    ])
  func nesting(text: String) throws {
    #expect(try CatalogueImport.problems(text, .openapi).count == 1)
  }

  @Test("a name that another operation has, or that is none, gives way to method and path")
  func names() throws {
    let read = try imported("  /a: {get: {operationId: x}, put: {operationId: X}, post: {operationId: ''}}")
    #expect(read.connectors.first?.endpoints?.map(\.named.name.text) == ["x", "PUT /a", "POST /a"])
  }

  @Test("a document of a hundred paths is read whole")
  func webshop() throws {
    let read = try CatalogueImport.parse(
      try Document.bytes(Document.webshop), named: "doc", as: .openapi, ImportOptions())
    #expect(read.connectorNames.map(\.text) == ["Webshop"])
    #expect(read.connectors.first?.entry.lists.count == 111)
    #expect(read.connectors.first?.endpoints?.count == 177)
    #expect(Set(read.connectors.flatMap(\.entry.lists).compactMap { $0.group?.text }).count == 6)
    #expect(read.endpointWords.first == "GET https://eu.api.shop.example.com/v2/orders /orders listOrders")
  }
}
