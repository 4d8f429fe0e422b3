/// The details of an audit row: fields with their texts before and after a change. They never hold a secret.
package struct AuditDetails: Sendable {
  private struct Field: Encodable {
    var before: String?
    var after: String?
  }

  private var fields: [String: Field] = [:]
  /// The change as a value; nil where nothing was changed.
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

  /// Whether these details are only about disabling something.
  var isDisabling: Bool { fields.count == 1 && fields["enabled"]?.after == "false" }

  /// The texts before the change, by field. A field that had no text before is left out.
  var befores: [String] {
    fields.sorted { $0.key < $1.key }.compactMap { field in field.value.before.map { "\(field.key)=\($0)" } }
  }

  /// The text in the audit row: the fields by their names, and the change as a value under ``stepKey``.
  var json: String {
    get throws {
      try SortedJSON.encode(Document(fields: fields, step: step))
    }
  }

  /// The key of the change's value. No field has this name.
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
