package import Access

/// What somebody may do, in as few questions as can be.
package protocol AuthorityReading {
  /// What a living account may do, by its own roles and those of its teams, whether or not it is enabled.
  func authority(of account: AccountID) throws -> Authority
  /// What a living team gives its members.
  func authority(of team: TeamID) throws -> Authority
  /// Whether there is an enabled user who is Administrator, by an own role or a team's.
  func hasAdministrator() throws -> Bool
}

/// Somebody's time in the console, or the last command of theirs.
package struct ConsoleSession: Hashable, Sendable {
  package let id: Identifier<ConsoleSession>
  package let user: AccountID
  package let frontEnd: FrontEnd
  package let source: String?
  package let startedAt: Timestamp
  package let seenAt: Timestamp
  package let isOpen: Bool

  package init(
    id: Identifier<ConsoleSession>, user: AccountID, frontEnd: FrontEnd, source: String?,
    startedAt: Timestamp, seenAt: Timestamp, isOpen: Bool
  ) {
    self.id = id
    self.user = user
    self.frontEnd = frontEnd
    self.source = source
    self.startedAt = startedAt
    self.seenAt = seenAt
    self.isOpen = isOpen
  }
}

/// No decision rests on these.
package protocol ConsoleSessionReading {
  /// When a user was last seen; nil for one who never was.
  func lastSeen(_ user: AccountID) throws -> ConsoleSession?
  /// Who was in the console at that time or since, the first first.
  func openSessions(since: Timestamp) throws -> [(session: ConsoleSession, name: Name)]
}

package protocol ConsoleSessionWriting {
  /// Makes or replaces a session; a user's earlier ones that ended, or were not seen since that time, go.
  func put(_ session: ConsoleSession, forgettingBefore: Timestamp) throws
}
