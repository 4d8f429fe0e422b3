package import Access

/// A stay of a user in the console, or the user's last command.
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
