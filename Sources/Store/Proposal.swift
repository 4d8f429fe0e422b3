package import Access

/// A change or another action that waits, or waited, for a second person.
package struct Proposal: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Changes, which popsec carries out when somebody agrees.
    case changes
    /// Changes that a person who may not make them asks for. Whoever may make them carries them out by agreeing.
    case request
    /// A security file, which popsec applies when somebody agrees.
    case apply
    /// An export or an archiving, which the person who asked may then carry out once.
    case export, archive
    /// A backup that includes the keys.
    case backup
    /// A restore of the store from a backup.
    case restore

    /// Whether popsec itself carries out the proposal when somebody agrees.
    package var isCarriedOut: Bool { [.changes, .request, .apply].contains(self) }
  }

  package enum State: String, Hashable, Sendable, CaseIterable {
    case waiting
    /// Somebody agreed, so the person who asked may now carry it out; of a request, that it waits for a second
    /// person.
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
  /// The reason for which it was asked for; nil where nobody gave one.
  package var reason: Reason?
  /// The denial that it mends; nil where it came from none.
  package var decision: DecisionID?
  /// The number of the request that it carries on, where carrying that out takes two.
  package var request: Int64?
  /// The reason for which it was declined.
  package var because: Reason?

  package init(
    number: Int64, at: Timestamp, expiresAt: Timestamp, owner: UndoOwner, asker: String, kind: Kind,
    title: String, basis: String, state: State = .waiting, decidedBy: String? = nil,
    decidedAt: Timestamp? = nil, reason: Reason? = nil, decision: DecisionID? = nil, request: Int64? = nil,
    because: Reason? = nil
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
    self.reason = reason
    self.decision = decision
    self.request = request
    self.because = because
  }

  /// Whether somebody can still decide about the proposal, or the person who asked can still carry it out.
  package func isOpen(at now: Timestamp) -> Bool {
    (state == .waiting || state == .agreed) && now < expiresAt
  }
}
