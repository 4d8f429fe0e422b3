import Foundation
import Gate
import Interchange
import TestSupport

/// The OpenAPI document of the gate, read for checking answers.
struct GateDocument {
  let root: DocumentValue

  init() throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "Resources/openapi/gate.yaml"))
    root = try DocumentValue(yaml: Array(bytes))
  }

  /// What the document has under a path, as `/auth/nginx`, and a status.
  struct Case: Hashable, CustomStringConvertible {
    let path: String
    let status: String
    var description: String { "\(path) \(status)" }
  }

  /// All paths, each with the statuses of its operations.
  var cases: Set<Case> {
    Set(
      (root["paths"]?.members ?? []).flatMap { path in
        operations(path.value).flatMap { operation in
          (operation.value["responses"]?.members ?? []).map { Case(path: path.key, status: $0.key) }
        }
      })
  }

  private func operations(_ item: DocumentValue) -> [DocumentValue.Member] {
    item.members.filter { !$0.key.hasPrefix("x-") }
  }

  /// The value to which a reference leads.
  private func resolved(_ value: DocumentValue) -> DocumentValue {
    guard case .text(let text) = value["$ref"] else { return value }
    return text.split(separator: "/").dropFirst().reduce(root) { $0[String($1)] ?? .null }
  }

  /// The path of the document that a target means.
  func path(of target: String) -> String {
    let asked = String(target.prefix { $0 != "?" })
    if root["paths"]?[asked] != nil { return asked }
    return asked.hasPrefix("/auth/envoy/") ? "/auth/envoy/{target}" : "/{other}"
  }

  /// The operation that a request means. A path that does not take the method refuses as it does in any operation.
  func operation(_ method: String, _ path: String) -> DocumentValue? {
    let item = root["paths"]?[path] ?? .null
    if let own = item[method.lowercased()] { return own }
    if case .text(let other) = item["x-popsec-any-method"] { return item[other] }
    return operations(item).first?.value
  }

  /// What an answer has that the document doesn't say.
  func problems(_ answer: Answer, to operation: DocumentValue) -> [String] {
    guard let found = operation["responses"]?[String(answer.status)] else {
      return ["the status \(answer.status) is not in the document"]
    }
    let response = resolved(found)
    return headerProblems(answer, response) + bodyProblems(answer, response)
  }

  private func headerProblems(_ answer: Answer, _ response: DocumentValue) -> [String] {
    let declared = response["headers"]?.members ?? []
    let optional = response["x-popsec-optional"]?.elements ?? []
    let sent = answer.headers.filter { $0.name != "Content-Type" }
    let missing = declared.filter { member in
      !optional.contains(.text(member.key)) && !sent.contains { $0.name == member.key }
    }.map { "the header \($0.key) is missing" }
    return missing
      + sent.flatMap { header -> [String] in
        guard
          let schema = declared.first(where: { $0.key == header.name }).map({ resolved($0.value)["schema"] })
        else { return ["the header \(header.name) is not in the document"] }
        return SchemaValidator(in: root).problems(of: .text(header.value), against: schema ?? .null)
      }
  }

  private func bodyProblems(_ answer: Answer, _ response: DocumentValue) -> [String] {
    guard let content = response["content"] else { return answer.body.isEmpty ? [] : ["there is a body"] }
    let type = answer.headers.first { $0.name == "Content-Type" }?.value ?? ""
    guard let schema = content[type]?["schema"] else { return ["the type \(type) is not in the document"] }
    guard type.hasSuffix("json") else {
      return SchemaValidator(in: root).problems(of: .text(answer.body), against: schema)
    }
    guard let value = try? Self.json(answer.body) else { return ["the body is no JSON"] }
    return SchemaValidator(in: root).problems(of: value, against: schema)
  }

  private static func json(_ text: String) throws -> DocumentValue {
    try JSONDecoder().decode(DocumentValue.self, from: Data(text.utf8))
  }

  /// What is wrong with the body of a request.
  func problems(ofRequest body: String, to operation: DocumentValue) throws -> [String] {
    let schema = operation["requestBody"]?["content"]?["application/json"]?["schema"] ?? .literal("true")
    return SchemaValidator(in: root).problems(of: try Self.json(body), against: schema)
  }
}
