package import Access
private import Foundation

/// One field in the details of an audit row.
package struct AuditField: Hashable, Sendable {
  package let name: String
  package let before: String?
  package let after: String?
}

extension AuditRecord {
  /// The fields with their texts before and after, ordered by name; empty where the details can't be read.
  package var fields: [AuditField] {
    let document = try? JSONDecoder().decode(ReadDetails.self, from: Data(details.utf8))
    return (document?.fields ?? [:]).sorted { $0.key < $1.key }
      .map { AuditField(name: $0.key, before: $0.value.before, after: $0.value.after) }
  }

  /// The change as a value; nil where the row has none, as rows from before this value existed.
  ///
  /// Errors: ``UnreadableUndo`` where the value can't be read.
  var step: UndoStep? {
    get throws {
      struct ReadStep: Decodable { let step: UndoStep? }
      do { return try JSONDecoder().decode(ReadStep.self, from: Data(details.utf8)).step } catch {
        throw UnreadableUndo()
      }
    }
  }

  private struct ReadDetails: Decodable {
    struct Field: Decodable {
      var before: String?
      var after: String?
    }

    let fields: [String: Field]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: AuditDetailsKey.self)
      var fields: [String: Field] = [:]
      for key in container.allKeys where key.stringValue != AuditDetails.stepKey {
        fields[key.stringValue] = try container.decode(Field.self, forKey: key)
      }
      self.fields = fields
    }
  }

  /// The address the operator came from, or else the front end.
  package var origin: String { actor.source ?? (actor.frontEnd == .console ? "console" : "command line") }

  /// All that a row tells, except the fields.
  package var facts: [(title: String, value: String)] { facts(.utc) }

  /// The same facts.
  ///
  /// - Parameter times: the way in which instants are written.
  package func facts(_ times: TimeWords) -> [(title: String, value: String)] {
    [
      ("Row", String(sequence)), (times.titled("Time"), times.exact(at)), ("User", actor.name),
      ("User ID", actor.user?.description ?? ""), ("SSH key", actor.keyFingerprint ?? ""),
      ("From", actor.source ?? ""), ("By", actor.frontEnd == .console ? "console" : "command line"),
      ("Action", action), ("Target", target.title), ("Target ID", target.id), ("Hash", hex(hash)),
    ]
  }
}

extension AuditTarget {
  /// The words for the target, as people know it.
  package var title: String {
    switch kind {
    case .store: "the store"
    case .apiUser: "API user \(name)"
    default: "\(kind.rawValue) \(name)"
    }
  }
}
