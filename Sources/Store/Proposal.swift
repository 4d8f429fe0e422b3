package import Access

/// Something that waits for a second person, or waited for one.
package struct Proposal: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Changes, which are carried out once somebody agrees.
    case changes
    /// A security file, which is applied once somebody agrees.
    case apply
    /// What whoever asked may then do once, themselves.
    case export, archive
    /// A backup together with the keys.
    case backup
    /// Putting the store back to a backup.
    case restore

    /// Whether agreeing carries it out.
    package var isCarriedOut: Bool { self == .changes || self == .apply }
  }

  package enum State: String, Hashable, Sendable, CaseIterable {
    case waiting
    /// Somebody agreed; whoever asked may do it.
    case agreed
    case done, declined, withdrawn
  }

  /// Of the audit row by which it was asked for.
  package let number: Int64
  package let at: Timestamp
  /// At that instant it can no longer be agreed to, or done.
  package var expiresAt: Timestamp
  package let owner: UndoOwner
  /// Who asked.
  package let asker: String
  package let kind: Kind
  /// What it is about, in words.
  package let title: String
  /// The SHA-256 of what it was computed from, in hexadecimal digits.
  package let basis: String
  package var state: State
  /// Who agreed, declined or withdrew.
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

  /// Whether it can still be decided, or done by whoever asked.
  package func isOpen(at now: Timestamp) -> Bool {
    (state == .waiting || state == .agreed) && now < expiresAt
  }
}
