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
  func list(_ query: AccountQuery) throws {
    if wantsJSON {
      try output.jsonArray { emit in
        try accountPages(query) { rows in for row in rows { try emit(AccountListRecord(row)) } }
      }
    } else {
      var table = TextTable(
        output,
        [
          .init(title: "Name"), .init(title: "Teams"), .init(title: "Live tokens", alignsRight: true),
          .init(title: "Next expiry (UTC)"), .init(title: "Last used (UTC)"), .init(title: "State"),
        ])
      try accountPages(query) { try table.add($0.map(cells)) }
    }
  }

  func show(_ kind: AccountKind, _ argument: String) throws {
    let record = try find { finder in
      try AccountRecord(finder.account(kind, argument), finder.reader, now: finder.now)
    }
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

  private func cells(_ row: AccountRow) -> [String] {
    var teams = row.teamNames.map(\.text).joined(separator: ", ")
    if row.teamCount > row.teamNames.count { teams += ", +\(row.teamCount - row.teamNames.count)" }
    return [
      row.account.name.text, teams.isEmpty ? "–" : teams, String(row.liveTokenCount),
      row.nextExpiry?.minute ?? "–", row.lastUsedAt?.minute ?? "–",
      row.account.isEnabled ? "enabled" : "disabled",
    ]
  }
}
