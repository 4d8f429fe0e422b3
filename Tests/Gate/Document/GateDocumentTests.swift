import Access
import Administration
import Foundation
import Interchange
import NIOHTTP1
import Sealing
import Store
import TestSupport
import Testing

@testable import Gate

@Suite("The gate answers as its OpenAPI document says")
struct GateDocumentTests {
  private typealias Case = GateDocument.Case

  /// Asks, checks each answer, and tells what was seen.
  private func seen(_ scene: GateScene, _ questions: [RawRequest], _ document: GateDocument) -> Set<Case> {
    var seen: Set<Case> = []
    for question in questions {
      let path = document.path(of: question.target)
      guard let operation = document.operation(question.method, path) else {
        Issue.record("\(question.method) \(path) is not in the document")
        continue
      }
      for answer in [
        scene.worker.answer(question, metricsText: { "popsec_x 1\n" }),
        scene.worker.refuse(question, .tooLarge),
      ] {
        #expect(document.problems(answer, to: operation) == [], "\(question.method) \(path) \(answer.status)")
        seen.insert(Case(path: path, status: String(answer.status)))
      }
    }
    return seen
  }

  /// An open widget at the root of a host, which is what Envoy means without a target.
  private func addRoot(to scene: GateScene) throws {
    try scene.administration.change { change in
      let connector = try #require(try change.reader.connectors().first).id
      _ = try change.add(
        Widget(
          id: .random(), name: Name("Root"), address: Address("https://root.example.com/"),
          connector: connector,
          lists: [], isOpen: true))
    }
  }

  /// The answers of a gate that signs, of one with a token that has a rate, of one without AuthZEN, of one whose store
  /// went back, and of one whose store is gone.
  private func everything(_ document: GateDocument) throws -> Set<Case> {
    let signer = try #require(GateSigner.ephemeral())
    let scene = try GateScene(assertions: AssertionBook(signer, issuer: nil))
    _ = try scene.administration.change { try $0.addGateKey(signer.publicKey, named: Name("gate")) }
    try addRoot(to: scene)
    var found = seen(scene, GateQuestions.all(scene), document)
    let limited = try GateScene(limits: TokenLimits(requestsPerMinute: 1))
    for _ in 0..<2 { found.formUnion(seen(limited, GateQuestions.auth(limited), document)) }
    let plain = try GateScene(authZEN: nil)
    found.formUnion(seen(plain, GateQuestions.application(), document))
    let standing = GateStanding()
    let back = try GateScene(standing: standing)
    let head = StoreHead(generation: 1, sequence: 1, hash: [])
    standing.set(.wentBack(kept: head, present: head))
    found.formUnion(seen(back, GateQuestions.all(back), document))
    let gone = try GateScene()
    try FileManager.default.removeItem(atPath: gone.folder.store.path)
    return found.union(seen(gone, GateQuestions.all(gone), document))
  }

  @Test("each answer is in the document, and each path and status of the document is answered")
  func answers() throws {
    let document = try GateDocument()
    let missing = document.cases.subtracting(try everything(document))
    #expect(missing.isEmpty, "\(missing.map(\.description).sorted())")
  }

  @Test("the bodies of right questions are valid, and others are refused")
  func requests() throws {
    let document = try GateDocument()
    for (path, body) in GateQuestions.bodies where !body.contains("planet") {
      let operation = try #require(document.operation("POST", path))
      #expect(try document.problems(ofRequest: body, to: operation) == [])
      for wrong in ["{}", #"{"subject":5}"#] where path != "/access/v1/evaluations" || wrong != "{}" {
        #expect(try document.problems(ofRequest: wrong, to: operation) != [], "\(path) \(wrong)")
      }
    }
  }

  @Test("answers that differ from the document are told")
  func mutants() throws {
    let (document, scene) = (try GateDocument(), try GateScene())
    let operation = try #require(document.operation("GET", "/auth/forward"))
    let answer = scene.forward(scene.withToken)
    #expect(document.problems(answer, to: operation) == [])
    for index in answer.headers.indices
    where !["Content-Type", "Set-Cookie"].contains(answer.headers[index].name) {
      var less = answer
      less.headers.remove(at: index)
      #expect(document.problems(less, to: operation) != [], "\(answer.headers[index].name)")
    }
    var more = answer
    more.headers.append(("X-Unknown", ""))
    var full = answer
    full.body = "x"
    var odd = answer
    odd.status = 418
    for mutant in [more, full, odd] { #expect(document.problems(mutant, to: operation) != []) }
  }

  @Test("each parameter and schema of the document is referred to, and each reference leads somewhere")
  func references() throws {
    let document = try GateDocument()
    let used = document.root.references
    for reference in used { #expect(document.root.value(at: reference) != nil, "\(reference)") }
    for kind in document.root["components"]?.members ?? [] {
      for member in kind.value.members {
        #expect(used.contains("#/components/\(kind.key)/\(member.key)"), "\(kind.key) \(member.key)")
      }
    }
  }
}

extension DocumentValue {
  fileprivate var references: Set<String> {
    switch self {
    case .list(let elements): Set(elements.flatMap(\.references))
    case .mapping(let members):
      Set(
        members.flatMap { member -> Set<String> in
          if member.key == "$ref", case .text(let text) = member.value { return [text] }
          return member.value.references
        })
    case .text, .literal: []
    }
  }

  fileprivate func value(at reference: String) -> DocumentValue? {
    reference.split(separator: "/").dropFirst().reduce(self as DocumentValue?) { $0?[String($1)] }
  }
}
