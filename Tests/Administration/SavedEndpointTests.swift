import Access
import Foundation
import Testing

@testable import Administration

@Suite struct SavedEndpointTests {
  private func endpoint(_ match: AddressMatch) throws -> Endpoint {
    Endpoint(
      id: .random(), name: try Name("orders"), address: try AddressTemplate("https://h/orders/{id}"),
      match: match,
      connector: .random(), list: .random())
  }

  @Test("an endpoint in an undo document comes back as it was", arguments: AddressMatch.allCases)
  func comesBack(match: AddressMatch) throws {
    let endpoint = try endpoint(match)
    let document = try JSONEncoder().encode(try #require(SavedEntry(endpoint)))
    #expect(try JSONDecoder().decode(SavedEntry.self, from: document).entry as? Endpoint == endpoint)
  }

  @Test(
    "a document from before endpoints could match otherwise is read as of a prefix, and equals one of now")
  func oldDocuments() throws {
    let endpoint = try endpoint(.prefix)
    let old = #"""
      {"kind":"endpoint","id":"\#(endpoint.id)","name":"orders","connector":"\#(endpoint.connector)",
      "list":"\#(endpoint.list)","url":"https://h/orders/{id}","methods":["GET"],"isEnabled":true}
      """#
    let saved = try JSONDecoder().decode(SavedEntry.self, from: Data(old.utf8))
    #expect(try saved.entry as? Endpoint == endpoint)
    #expect(saved == SavedEntry(endpoint))
  }

  @Test("a word that is no match is not read")
  func unknownMatch() throws {
    var saved = try #require(SavedEntry(try endpoint(.exact)))
    saved.match = "regex"
    #expect(throws: (any Error).self) { try saved.entry }
  }
}
