private import Foundation

/// What an audit row tells of a change: fields with what was before and after. Never a secret.
package struct AuditDetails: Sendable {
  private struct Field: Encodable {
    var before: String?
    var after: String?
  }

  private var fields: [String: Field] = [:]
  /// The change as a value, where something was changed.
  var step: UndoStep?

  package init() {}

  package init(_ field: String, before: String? = nil, after: String? = nil) {
    add(field, before: before, after: after)
  }

  package mutating func add(_ field: String, before: String? = nil, after: String? = nil) {
    guard before != after else { return }
    fields[field] = Field(before: before, after: after)
  }

  /// A field whose value is a set of names.
  package mutating func add(_ field: String, before: [String], after: [String]) {
    add(field, before: before.sorted().joined(separator: ", "), after: after.sorted().joined(separator: ", "))
  }

  package var isEmpty: Bool { fields.isEmpty }

  /// Whether all that they tell is that something was disabled.
  var isDisabling: Bool { fields.count == 1 && fields["enabled"]?.after == "false" }

  /// What was before, by field; absent ones are those where there was nothing.
  var befores: [String] {
    fields.sorted { $0.key < $1.key }.compactMap { field in field.value.before.map { "\(field.key)=\($0)" } }
  }

  /// As the row has them: the fields by their names, and the change as a value under ``stepKey``.
  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(Document(fields: fields, step: step)), as: UTF8.self)
    }
  }

  /// No field has that name.
  static let stepKey = "step"

  private struct Document: Encodable {
    let fields: [String: Field]
    let step: UndoStep?

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: AuditDetailsKey.self)
      for (name, field) in fields { try container.encode(field, forKey: AuditDetailsKey(stringValue: name)) }
      try container.encodeIfPresent(step, forKey: .step)
    }
  }
}

/// The name of a field of an audit row's details.
struct AuditDetailsKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  static var step: AuditDetailsKey { AuditDetailsKey(stringValue: AuditDetails.stepKey) }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
