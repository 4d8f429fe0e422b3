internal import Access
private import Crypto
private import Foundation
package import Store

/// The proposal that is made in place of a transaction which needs a second person.
struct ProposalDraft {
  let kind: Proposal.Kind
  var title: String
  let document: String
  let basis: String
  var reason: Reason?
  var decision: DecisionID?
  /// The number of the request that it carries on, where carrying that out takes two.
  var request: Int64?

  /// The same for a second person, on behalf of whoever asked first.
  func carryingOn(_ proposal: Proposal) -> ProposalDraft {
    var draft = self
    (draft.title, draft.reason, draft.decision) = (proposal.title, proposal.reason, proposal.decision)
    draft.request = proposal.number
    return draft
  }
}

/// Thrown to undo a transaction and propose it instead.
struct TakesTwo: Error { let draft: ProposalDraft }

/// The steps of a transaction that waits.
struct ProposedSteps: Codable {
  let steps: [UndoStep]
  /// The number of the entry that the steps undo.
  var undoes: Int64?

  var text: String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
  }

  init(steps: [UndoStep], undoes: Int64?) {
    self.steps = steps
    self.undoes = undoes
  }

  /// Reads a document; fails where it is malformed.
  init?(_ text: String) {
    guard let read = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) else { return nil }
    self = read
  }
}

extension Proposal {
  /// The SHA-256 of lines that tell what something is computed from and its result, in hexadecimal digits.
  package static func basis(of lines: [String]) -> String {
    hex(SHA256.hash(data: Data(lines.joined(separator: "\n").utf8)))
  }
}

extension String {
  /// A past action as a future one: `added the user “A”` becomes `add the user “A”`.
  var asProposed: String {
    let verbs = [
      "added": "add", "changed": "change", "deleted": "delete", "described": "describe", "did": "do",
      "disabled": "disable", "dropped": "drop", "enabled": "enable", "made": "make", "renamed": "rename",
      "restored": "restore", "revoked": "revoke", "took": "take", "undid:": "undo:",
    ]
    let words = split(separator: " ", maxSplits: 1)
    guard words.count == 2, let verb = verbs[String(words[0])] else { return self }
    return "\(verb) \(words[1])"
  }
}
