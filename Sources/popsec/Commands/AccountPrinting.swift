import Access
import Administration
import ArgumentParser
import Store

/// Which accounts a list command prints, in which order.
struct AccountListOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Those whose name has this part; case and accents ignored.", valueName: "text"))
  var matching: String?

  @Option(help: "The order: name, expiry, lastUse or state.")
  var sort: AccountOrder = .name

  @Flag(help: "The other way round.")
  var reverse = false

  func query(_ kind: AccountKind) -> AccountQuery {
    AccountQuery(
      kind: kind, matching: matching.flatMap(SearchText.init), order: sort, isDescending: reverse)
  }
}

extension AccountOrder: ExpressibleByArgument {}

extension Session {
  /// `usesKnown`: whether what the store knows of the last use is all that gates recorded.
  func list(_ query: AccountQuery, usesKnown: Bool = true) throws {
    if wantsJSON {
      try output.jsonArray { emit in
        try accountPages(query) { rows in
          for row in rows { try emit(AccountListRecord(row, usesKnown: usesKnown)) }
        }
      }
    } else {
      var table = TextTable(
        output,
        [
          .init(title: "Name"), .init(title: "Teams"), .init(title: "Live tokens", alignsRight: true),
          .init(title: "Next expiry (UTC)"), .init(title: "Last used (UTC)"), .init(title: "State"),
        ])
      try accountPages(query) { try table.add($0.map { cells($0, usesKnown) }) }
    }
  }

  func show(_ kind: AccountKind, _ argument: String) throws {
    let record = try find { finder in
      let account = try finder.account(kind, argument)
      let usage = try administration.usage(of: try finder.reader.tokens(of: account.id))
      return try AccountRecord(account, finder.reader, usage: usage, now: finder.now)
    }
    if record.tokens.contains(where: { !$0.usesKnown }) { sayWhereUsesAreUnknown() }
    if wantsJSON { return try output.json(record) }
    var fields = [
      ("Name", record.name), ("ID", record.id), ("State", record.enabled ? "enabled" : "disabled"),
      ("Added (UTC)", Timestamp(record.created)?.minute ?? ""),
    ]
    if kind == .user {
      fields += [("Unix account", record.unix.value ?? ""), ("SSH keys", String(record.keys.count))]
    }
    fields += [
      ("Teams", record.teams.joined(separator: ", ")), ("Roles", record.roles.joined(separator: ", ")),
    ]
    try output.fields(fields)
    try showGrants(record.grants)
    if !record.tokens.isEmpty {
      try output.line()
      try output.tokens(record.tokens)
    }
  }

  private func accountPages(_ query: AccountQuery, _ body: ([AccountRow]) throws -> Void) throws {
    let now = administration.now
    try pages(
      cursor: \.cursor,
      { try $0.accounts(query, $1, limit: maximumPageRows, now: now) }, body)
  }

  private func cells(_ row: AccountRow, _ usesKnown: Bool) -> [String] {
    var teams = row.teamNames.map(\.text).joined(separator: ", ")
    if row.teamCount > row.teamNames.count { teams += ", +\(row.teamCount - row.teamNames.count)" }
    return [
      row.account.name.text, teams.isEmpty ? "–" : teams, String(row.liveTokenCount),
      row.nextExpiry?.minute ?? "–", usesKnown ? row.lastUsedAt?.minute ?? "–" : "unknown",
      row.account.isEnabled ? "enabled" : "disabled",
    ]
  }
}
