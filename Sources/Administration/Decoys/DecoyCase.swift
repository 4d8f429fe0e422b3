package import Access
private import Foundation
internal import Store

/// The first presentation of a decoy from one address on one day, without a secret.
package struct DecoyCase: Hashable, Sendable, Codable {
  /// What people know the decoy by (``Decoy/name``).
  package let decoy: String
  /// The id of the decoy's token; nil for a planted decoy.
  package let token: String?
  /// The decision, of which there may be a denial with more about it.
  package let decision: String
  package let request: Denial.Request

  package init(_ decoy: Decoy, _ decision: DecisionID, _ request: Denial.Request) {
    self.decoy = decoy.name
    token = decoy.token?.description
    self.decision = decision.rawValue
    self.request = request
  }

  /// The presentation in the form in which gates keep it.
  package var document: String { get throws { try JSONText.plain(self) } }

  /// Errors: ``StoreError/corrupt(path:detail:)``.
  init(_ use: DecoyUse, path: String) throws {
    do { self = try JSONDecoder().decode(DecoyCase.self, from: Data(use.document.utf8)) } catch {
      throw StoreError.corrupt(path: path, detail: "the use of a decoy can't be read")
    }
  }
}
