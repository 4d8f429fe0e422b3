import Access
import Administration
import Store

/// The conditions on rows of the audit log, as a person typed them. An empty text is no condition.
struct AuditFilter: Hashable, Sendable {
  /// The property of a row to which a condition applies.
  enum Field: Hashable, Sendable, CaseIterable {
    case who, what, target, since, until

    var label: String {
      switch self {
      case .who: "Who"
      case .what: "What"
      case .target: "Target"
      case .since: "Since"
      case .until: "Until"
      }
    }

    var placeholder: String {
      switch self {
      case .who, .target: "part of the name"
      case .what: "token.copy, or how it begins"
      case .since, .until: "30d, 12h, 2026-11-24 or 2026-11-24T12:00:00Z"
      }
    }
  }

  private var texts: [Field: String] = [:]

  subscript(field: Field) -> String {
    get { texts[field] ?? "" }
    set { texts[field] = newValue.trimmed.isEmpty ? nil : newValue.trimmed }
  }

  var isEverything: Bool { texts.isEmpty }

  /// The conditions in one line, as in `who ops, since 30d`.
  var summary: String {
    Field.allCases.filter { !self[$0].isEmpty }.map { "\($0.label.lowercased()) \(self[$0])" }
      .joined(separator: ", ")
  }

  /// What is wrong with a field's text; nil where it is valid.
  func complaint(_ field: Field, now: Timestamp) -> String? {
    guard field == .since || field == .until, !self[field].isEmpty else { return nil }
    do throws(Trouble) { _ = try PastTime.time(self[field], now: now) } catch {
      return Problem(error).line
    }
    return nil
  }

  /// The query. Times that can't be read are left out.
  func query(now: Timestamp) -> AuditQuery {
    func text(_ field: Field) -> String? { self[field].isEmpty ? nil : self[field] }
    return AuditQuery(
      actor: text(.who), action: text(.what), target: text(.target),
      from: (try? PastTime.time(text(.since), now: now)) ?? nil,
      until: (try? PastTime.time(text(.until), now: now)) ?? nil)
  }
}
