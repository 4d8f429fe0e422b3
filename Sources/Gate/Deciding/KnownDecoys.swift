internal import Access
internal import Administration
package import Sealing
private import Synchronization

/// The decoys that all threads of a gate recognize.
///
/// A gate decides about a decoy as about a Token ID that was never made, which takes the same work and gives the same
/// answer. So neither an answer nor its time tells a decoy from an unknown Token ID.
package final class KnownDecoys: Sendable {
  private let held = Mutex(DecoyList())
  /// The Token ID by which the gate decides about decoys. No store has a token for it.
  let neverMade = TokenID.generate()

  package init() {}

  package func set(_ list: DecoyList) { held.withLock { $0 = list } }

  /// The decoy that a credential is, and the credential by which the gate decides.
  func recognize(_ credential: Credential) -> (decoy: Decoy?, credential: Credential) {
    guard case .token(let id) = credential, let decoy = decoy(id) else { return (nil, credential) }
    return (decoy, .token(neverMade))
  }

  /// The decoy that an application names as a subject, and the subject by which the gate decides.
  func recognize(_ subject: Evaluation.Subject) -> (decoy: Decoy?, subject: Evaluation.Subject) {
    guard case .tokenID(let id)? = subject.asker, let decoy = decoy(id) else { return (nil, subject) }
    return (decoy, Evaluation.Subject(type: subject.type, id: neverMade.revealed))
  }

  /// The decoy whose token was given another Token ID since it was made.
  func decoy(of token: TokenRowID) -> Decoy? { held.withLock { $0[token] } }

  private func decoy(_ id: TokenID) -> Decoy? {
    // The digest is made of every Token ID, so that its cost tells nothing.
    let digest = DecoyDigest(of: id)
    return held.withLock { $0[digest] }
  }
}
