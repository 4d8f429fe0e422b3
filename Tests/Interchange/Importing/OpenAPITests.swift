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

  @Test("a path with parameters is reached by its beginning, and shares the endpoint that has it")
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
      """)
    #expect(
      read.endpointWords == [
        "GET https://shop.example.com/api/orders /orders listOrders",
        "DELETE https://shop.example.com/api/orders /orders deleteOrder",
        "GET https://shop.example.com/api/files /files GET /files/{name}.pdf",
      ])
    #expect(
      read.noteWords == [
        "line 6: “GET /orders/{id}” is reached through the endpoint “listOrders”, whose address its own begins with",
        "line 13: left out: “GET /{tenant}/x”: its address would be the beginning of every other",
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

  @Test(
    "references that go round, elsewhere or nowhere are refused in their lines",
    arguments: [
      (
        "/a: {$ref: '#/paths/~1b'}\n  /b: {$ref: '#/paths/~1a'}",
        "6:12: this reference goes round in a circle"
      ),
      (
        "/a: {$ref: 'other.yaml#/a'}",
        "5:14: a reference to another document is not followed; bundle the documents into one first"
      ),
      (
        "/a: {$ref: 'https://169.254.169.254/'}",
        "5:14: a reference to another document is not followed; bundle the documents into one first"
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
    "what is no OpenAPI 3 document is said to be none, and nothing else of it is told",
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
    "what nests without end is refused, in both notations",
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
    #expect(read.connectors.first?.lists.count == 67)
    #expect(read.connectors.first?.endpoints?.count == 133)
    #expect(Set(read.connectors.flatMap(\.lists).compactMap { $0.group?.text }).count == 6)
    #expect(read.endpointWords.first == "GET https://eu.api.shop.example.com/v2/orders /orders listOrders")
  }
}
