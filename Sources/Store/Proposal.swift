package import Access

/// A change or another action that waits, or waited, for a second person.
package struct Proposal: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Changes, which popsec carries out when somebody agrees.
    case changes
    /// A security file, which popsec applies when somebody agrees.
    case apply
    /// An export or an archiving, which the person who asked may then carry out once.
    case export, archive
    /// A backup that includes the keys.
    case backup
    /// A restore of the store from a backup.
    case restore

    /// Whether popsec itself carries out the proposal when somebody agrees.
    package var isCarriedOut: Bool { self == .changes || self == .apply }
  }

  package enum State: String, Hashable, Sendable, CaseIterable {
    case waiting
    /// Somebody agreed, so the person who asked may now carry it out.
    case agreed
    case done, declined, withdrawn
  }

  /// The number of the audit row that records the request.
  package let number: Int64
  package let at: Timestamp
  /// The instant from which nobody can agree to the proposal or carry it out.
  package var expiresAt: Timestamp
  package let owner: UndoOwner
  /// The name of the person who asked.
  package let asker: String
  package let kind: Kind
  /// The subject of the proposal, in words.
  package let title: String
  /// The SHA-256 of the data from which the proposal was computed, in hexadecimal digits.
  package let basis: String
  package var state: State
  /// The name of the person who agreed, declined or withdrew.
  package var decidedBy: String?
  package var decidedAt: Timestamp?

  package init(
    number: Int64, at: Timestamp, expiresAt: Timestamp, owner: UndoOwner, asker: String, kind: Kind,
    title: String, basis: String, state: State = .waiting, decidedBy: String? = nil,
    decidedAt: Timestamp? = nil
  ) {
    self.number = number
    self.at = at
    self.expiresAt = expiresAt
    self.owner = owner
    self.asker = asker
    self.kind = kind
    self.title = title
    self.basis = basis
    self.state = state
    self.decidedBy = decidedBy
    self.decidedAt = decidedAt
  }

  /// Whether somebody can still decide about the proposal, or the person who asked can still carry it out.
  package func isOpen(at now: Timestamp) -> Bool {
    (state == .waiting || state == .agreed) && now < expiresAt
  }
}
