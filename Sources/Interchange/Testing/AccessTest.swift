package import Access
package import Administration
import Store

/// A test of access: a question, and the answer that is expected (`security-file.md`, Tests of access).
package struct AccessTest: Sendable {
  /// The place where the test begins in its file.
  package let position: FilePosition
  /// The name that the file gives it; nil for none.
  package let name: Name?
  let question: Question

  enum Question: Sendable {
    case check(CheckRequest, ExpectedDecision)
    case viewers(ViewersQuestion, only: [Viewing])
    case access(SubjectQuestion, ExpectedAccess)
  }

  /// The name of the test for people: its own, or what it asks and where.
  package var title: String {
    if let name { return name.text }
    let what =
      switch question {
      case .check: "check"
      case .viewers: "viewers"
      case .access: "access"
      }
    return "\(what) in line \(position.line)"
  }
}

/// The decision that a check expects.
struct ExpectedDecision: Hashable, Sendable {
  let isAllowed: Bool
  /// The step that must deny; nil for any.
  var step: DecisionStep?
  /// Exactly the pairs that must be allowed; nil for any.
  var pairs: Set<ExpectedPair>?
}

struct ExpectedPair: Hashable, Sendable {
  /// Nil on a connector without companies.
  let company: NameKey?
  let list: NameKey
}

/// Who may see a list.
struct ViewersQuestion: Hashable, Sendable {
  let connector: Name
  let list: Name
  /// The company for which the list is meant; nil for any.
  var company: Name?
  var at: Timestamp?
}

/// A subject by its kind and name, as in `team:HR`.
struct Viewing: Hashable, Sendable {
  /// The kind of an account; nil for a team.
  let kind: AccountKind?
  let name: Name

  var kindTitle: String { kind?.title ?? "team" }
}

struct SubjectQuestion: Hashable, Sendable {
  let subject: Viewing
  var at: Timestamp?
}

/// The bounds within which everything must lie that a subject may see; nil for no bound.
struct ExpectedAccess: Hashable, Sendable {
  var connectors: Set<NameKey>?
  var companies: Set<NameKey>?
}

/// What came of a test.
package struct AccessTestOutcome: Sendable {
  package let test: AccessTest
  /// What differs from what is expected; nil where the test holds.
  package let difference: String?
  /// The steps of the decision, where a check differs.
  package let explanation: Explanation?
  /// The lines that show the difference otherwise.
  package let lines: [String]
  /// The grants that gave what was found.
  package let grants: Set<GrantID>

  package var holds: Bool { difference == nil }

  init(
    _ test: AccessTest, _ difference: String? = nil, explanation: Explanation? = nil, lines: [String] = [],
    grants: Set<GrantID> = []
  ) {
    (self.test, self.difference, self.explanation) = (test, difference, difference == nil ? nil : explanation)
    (self.lines, self.grants) = (lines, grants)
  }
}
