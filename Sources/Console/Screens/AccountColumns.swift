import Access
import Administration
import Store
import Terminal

/// The columns of the list of users and API users.
enum AccountColumns {
  /// - Parameter withoutReach: the accounts with a live token that opens nothing, as far as they were
  ///   checked.
  static func make(
    _ kind: AccountKind, owners: KnownOwners, withoutReach: Set<AccountID> = [],
    choice: RowChoice<AccountID> = RowChoice(),
    clock: @escaping @Sendable () -> Clock, opening: @escaping @Sendable () -> OpeningVerb
  ) -> [ListColumn<AccountRow>] {
    var columns: [ListColumn<AccountRow>] = [
      ListColumn(
        AccountOrder.name.rawValue, "Name", width: .flexible(least: 17, weight: 3),
        titleKey: AccountOrder.name.key
      ) {
        ListCell(ChoiceMark.text(isChosen: choice.contains($0.id)) + $0.account.name.text)
      },
      ListColumn("teams", "Teams", width: .flexible(least: 10, weight: 2), priority: 4) {
        ListCell(teams($0))
      },
      ListColumn("tokens", "Tokens", width: .fixed(6), priority: 3, alignment: .right) { tokens($0) },
      ListColumn(
        AccountOrder.expiry.rawValue, "Expires", width: .fixed(11), priority: 1,
        titleKey: AccountOrder.expiry.key
      ) {
        expiry($0, clock())
      },
      kind == .user ? lastSeen(clock) : lastUsed(clock),
      ListColumn(
        AccountOrder.state.rawValue, "State", width: .fixed(8), titleKey: AccountOrder.state.key
      ) { .state(isEnabled: $0.account.isEnabled) },
    ]
    if kind == .apiUser {
      columns.append(
        ListColumn("review", "Review", width: .fixed(10), priority: 2) { row in
          review(row, isWithoutReach: withoutReach.contains(row.id), now: clock().now)
        })
      columns += particulars(owners)
    }
    columns.append(
      ListColumn("added", "Added", width: .fixed(10), priority: 12, isWatched: false) {
        ListCell(clock().day($0.account.createdAt))
      })
    columns.append(.opening { _ in opening() })
    return columns
  }

  /// What is known about an API user beside its rights, in wide windows.
  private static func particulars(_ owners: KnownOwners) -> [ListColumn<AccountRow>] {
    [
      ListColumn("owner", "Owner", width: .flexible(least: 14, weight: 1), priority: 10) {
        ListCell($0.account.particulars.owner.map(owners.text) ?? "none")
      },
      ListColumn("labels", "Labels", width: .flexible(least: 14, weight: 1), priority: 11) {
        ListCell($0.account.particulars.labels.words.joined(separator: " "))
      },
    ]
  }

  private static func lastUsed(_ clock: @escaping @Sendable () -> Clock) -> ListColumn<AccountRow> {
    ListColumn(
      AccountOrder.lastUse.rawValue, "Last used", width: .fixed(10), priority: 5,
      titleKey: AccountOrder.lastUse.key, isWatched: false
    ) {
      ListCell($0.lastUsedAt.map(clock().near) ?? "never")
    }
  }

  private static func lastSeen(_ clock: @escaping @Sendable () -> Clock) -> ListColumn<AccountRow> {
    ListColumn("seen", "Last seen", width: .fixed(10), priority: 1, isWatched: false) { row in
      guard let seen = row.lastSeen else { return ListCell("never") }
      return seen.isHere ? ListCell("here now", .bold) : ListCell(clock().near(seen.at))
    }
  }

  /// The most urgent finding about an account.
  private static func review(_ row: AccountRow, isWithoutReach: Bool, now: Timestamp) -> ListCell {
    guard row.liveTokenCount > 0 else { return ListCell("") }
    let end = row.nextExpiry.flatMap { $0 > now ? $0 : nil }
    let days = end.flatMap { end in TokenFinding.expiryDays.first { end <= now.adding(days: $0) } }
    if let days, days < 30 {
      return ListCell(days == 1 ? "ends ≤ 1 d" : "ends ≤ \(days) d", Style(.warning))
    }
    if isWithoutReach { return ListCell("no access", Style(.warning)) }
    if days != nil { return ListCell("ends ≤30 d", Style(.warning)) }
    let since = max(row.lastUsedAt ?? row.account.createdAt, row.account.createdAt)
    let isUnused = since <= now.adding(days: -TokenFinding.unusedDays)
    return isUnused ? ListCell("unused 90d", .muted) : ListCell("")
  }

  private static func teams(_ row: AccountRow) -> String {
    let names = row.teamNames.map(\.text).joined(separator: ", ")
    let more = row.teamCount - row.teamNames.count
    return more > 0 ? "\(names) +\(more)" : names
  }

  private static func tokens(_ row: AccountRow) -> ListCell {
    row.liveTokenCount == 0 ? ListCell("none") : ListCell(String(row.liveTokenCount))
  }

  /// The cell of an expiry. An end in the past is marked by words, and not by its tone alone.
  private static func expiry(_ row: AccountRow, _ clock: Clock) -> ListCell {
    guard let next = row.nextExpiry else {
      if row.lastExpiry != nil { return ListCell("expired", Style(.danger)) }
      return ListCell(row.liveTokenCount > 0 ? "never" : "—")
    }
    // A row may be drawn after the end that it was read before.
    if next <= clock.now { return ListCell("expired", Style(.danger)) }
    return clock.shortEnd(next)
  }
}

extension ListCell {
  /// The cell that says whether something is enabled.
  static func state(isEnabled: Bool) -> ListCell {
    isEnabled ? ListCell("enabled") : ListCell("disabled", Style(.warning))
  }
}
