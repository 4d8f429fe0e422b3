package import Access
private import Foundation

/// One field that an audit row tells of.
package struct AuditField: Hashable, Sendable {
  package let name: String
  package let before: String?
  package let after: String?
}

extension AuditRecord {
  /// What was before and after, by name; empty where the details can't be read.
  package var fields: [AuditField] {
    struct Field: Decodable {
      var before: String?
      var after: String?
    }
    let fields = try? JSONDecoder().decode([String: Field].self, from: Data(details.utf8))
    return (fields ?? [:]).sorted { $0.key < $1.key }
      .map { AuditField(name: $0.key, before: $0.value.before, after: $0.value.after) }
  }

  /// From where and through what.
  package var origin: String { actor.source ?? (actor.frontEnd == .console ? "console" : "command line") }

  /// All but the fields.
  package var facts: [(title: String, value: String)] {
    [
      ("Row", String(sequence)), ("Time (UTC)", at.description), ("User", actor.name),
      ("User ID", actor.user?.description ?? ""), ("SSH key", actor.keyFingerprint ?? ""),
      ("From", actor.source ?? ""), ("By", actor.frontEnd == .console ? "console" : "command line"),
      ("Action", action), ("Target", target.title), ("Target ID", target.id), ("Hash", hex(hash)),
    ]
  }
}

extension AuditTarget {
  /// As people know it.
  package var title: String {
    switch kind {
    case .store: "the store"
    case .apiUser: "API user \(name)"
    default: "\(kind.rawValue) \(name)"
    }
  }
}
