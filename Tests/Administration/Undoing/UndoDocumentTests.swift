import Access
import Foundation
import Testing

@testable import Administration

@Suite struct UndoDocumentTests {
  @Test("a step that a store has is read, and written as it was", arguments: StoredSteps.all)
  func storedSteps(text: String) throws {
    let steps = try #require(UndoLog.steps(of: "[\(text)]"))
    #expect(steps.count == 1)
    let proposed = ProposedSteps(steps: steps, undoes: nil)
    #expect(proposed.text == #"{"steps":[\#(text)]}"#)
    #expect(ProposedSteps(#"{"steps":[\#(text)],"undoes":12}"#)?.undoes == 12)
  }

  @Test("an endpoint from before endpoints could match otherwise is read as of a prefix")
  func prefix() throws {
    let old = #"""
      {"kind":"endpoint","id":"1g2h7d0w7078i","name":"orders","connector":"1rg2rntxr13hz",
      "list":"vsigkad51962","url":"https://h/orders/{id}","methods":["GET"],"isEnabled":true}
      """#
    guard case .endpoint(let endpoint) = try JSONDecoder().decode(CatalogueEntry.self, from: Data(old.utf8))
    else { return #expect(Bool(false), "another kind of entry") }
    #expect(endpoint.match == .prefix)
    #expect(endpoint.address.text == "https://h/orders/{id}")
  }

  @Test(
    "a value that is none is not read, nor is the document that it stands in",
    arguments: [
      (#""match":"exact""#, #""match":"regex""#), (#""kind":"widget""#, #""kind":"team""#),
      (#""name":"Orders MX""#, #""name":"""#), (#""url":"https://h.example/orders""#, #""url":"orders""#),
      (#""id":"rs96txvhc763""#, #""id":"-1""#),
      (#""expiresAt":1803168000"#, #""expiresAt":99999999999999"#),
      (#""networks":["10.0.0.0/8"]"#, #""networks":["10.1.0.0/8"]"#),
      (#""role:103qahmlt97ho""#, #""role:0""#),
      (#""WidgetReader""#, #""Reader""#), (#""unixAccount":"root""#, #""unixAccount":"a b""#),
      (#"["vsigkad51962","43udxos6uam7"]"#, #"["vsigkad51962"]"#),
      (#""key":"recordingSafe""#, #""key":"idle.seconds""#), (#""action":{"only""#, #""actions":{"only""#),
    ])
  func unreadable(written: String, altered: String) throws {
    let texts = StoredSteps.all.filter { $0.contains(written) }
    #expect(!texts.isEmpty)
    for text in texts {
      #expect(UndoLog.steps(of: "[\(text.replacingOccurrences(of: written, with: altered))]") == nil)
    }
  }
}
