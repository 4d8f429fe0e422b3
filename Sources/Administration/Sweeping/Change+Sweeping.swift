package import Access
private import Store

extension Change {
  /// Takes away what was given and ended at that instant or before: grants, system roles and memberships. Nothing of it
  /// gives anything, so that no access becomes another. Each counts as a removal.
  ///
  /// - Parameters:
  ///   - instant: what is not over yet stays, however late this is.
  ///   - progress: receives the number of things that were taken away, and of all that are over.
  /// - Returns: what was taken away.
  @discardableResult
  package func sweep(
    endedBy instant: Timestamp, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> [Bounded<BoundedThing>] {
    let ended = try writer.ended(by: min(instant, now))
    for (index, held) in ended.enumerated() {
      try takeAway(held.value)
      progress(index + 1, ended.count)
    }
    ledger.countRemovals(ended.count)
    return ended
  }

  private func takeAway(_ thing: BoundedThing) throws {
    switch thing {
    case .grant(let place): try setGrant(of: place.subject, on: place.connector, .none)
    case .membership(let team, let account): try saveMembers(of: team, adding: [], removing: [account])
    case .role(let role, let subject):
      let was = try writer.roles(of: subject)
      var becomes = was
      becomes[role] = nil
      try saveRoles(of: subject, bounded: Edit(was: was, becomes: becomes))
    }
  }
}
