internal import Access
internal import GRDB
internal import Store

extension Session {
  func token(lookup: LookupHash) throws -> FoundToken? {
    try foundToken("i.lookup_hash = ? AND i.lookup_key = ?", [Blob(lookup.bytes), lookup.key.rawValue])
  }

  func token(presented: PresentedTokenID) throws -> FoundToken? {
    try foundToken("i.token_id = ? AND i.id = ?", [presented.token.rawValue, presented.secret.rawValue])
  }

  private func foundToken(_ condition: String, _ values: [Value]) throws -> FoundToken? {
    let sql = """
      SELECT \(Self.tokenColumns), i.id, i.ordinal, i.valid_until, i.created_at \(Self.fromToken)
        JOIN token_id AS i ON i.token_id = t.id
      WHERE \(condition)
      """
    let found = try first(sql, values) { fields in
      let next = Self.tokenColumnCount
      return (
        token: try token(fields), secret: try fields.id(next) as TokenSecretID,
        ordinal: try fields.integer(next + 1), validUntil: try fields.optionalTime(next + 2),
        madeAt: try fields.time(next + 3)
      )
    }
    guard let found else { return nil }
    let newer: [TokenSecretID] = try rows(
      "SELECT id FROM token_id WHERE token_id = ? AND ordinal > ? ORDER BY ordinal",
      [found.token.id.rawValue, found.ordinal]
    ) { try $0.id(0) }
    guard !newer.isEmpty else { return FoundToken(token: found.token, secret: found.secret) }
    // A Token ID without a recorded end counts as ended since it was made, because nobody said until when
    // it may be used.
    let older = OlderTokenID(validUntil: found.validUntil ?? found.madeAt, newer: newer)
    return FoundToken(token: found.token, secret: found.secret, older: older)
  }

  func holdings(of account: Account, on connector: ConnectorID?) throws -> Holdings {
    var parts = HoldingParts()
    let id = account.id.rawValue
    if let connector {
      let values: [Value] = [id, id] + (0..<5).flatMap { _ in [id, connector.rawValue] as [Value] }
      for part in try rows(Self.holdingsWithGrant, values, part) { parts.add(part) }
    } else {
      for part in try rows(Self.holdingsAlone, [id, id], part) { parts.add(part) }
    }
    return parts.holdings(of: account, on: connector)
  }

  private static let holdingsAlone = """
    SELECT 0 AS part, r.role_id AS one, CAST(NULL AS BIGINT) AS two, r.builtin AS word, CAST(NULL AS TEXT) AS key,
      r.from_at AS from_at, r.until_at AS until_at
    FROM role_assignment AS r WHERE r.account_id = ? AND r.hidden = 0
    UNION ALL SELECT 1, t.id, NULL, t.name, t.name_key, m.from_at, m.until_at FROM membership AS m JOIN team AS t ON t.id = m.team_id
    WHERE m.account_id = ? AND m.hidden = 0 AND t.deleted_at IS NULL
    """

  private static let ofGrant = """
    access_grant AS g JOIN connector AS c ON c.id = g.connector_id AND c.deleted_at IS NULL
    """

  private static let holdingsWithGrant = """
    \(holdingsAlone)
    UNION ALL SELECT 2, g.id, g.all_companies + 2 * g.all_lists + 4 * g.all_actions + 8 * g.all_details
      + 16 * g.all_list_actions, NULL, NULL, g.from_at, g.until_at
    FROM \(ofGrant) WHERE g.account_id = ? AND g.connector_id = ?
    UNION ALL SELECT 3, NULL, NULL, r.role, NULL, NULL, NULL
    FROM \(ofGrant) JOIN grant_role AS r ON r.grant_id = g.id WHERE g.account_id = ? AND g.connector_id = ?
    UNION ALL SELECT 4, p.id, NULL, NULL, NULL, NULL, NULL
    FROM \(ofGrant) JOIN grant_company AS x ON x.grant_id = g.id
      JOIN company AS p ON p.id = x.company_id AND p.deleted_at IS NULL
    WHERE g.account_id = ? AND g.connector_id = ?
    UNION ALL SELECT 5, p.id, NULL, NULL, NULL, NULL, NULL
    FROM \(ofGrant) JOIN grant_list AS x ON x.grant_id = g.id
      JOIN data_list AS p ON p.id = x.list_id AND p.deleted_at IS NULL
    WHERE g.account_id = ? AND g.connector_id = ?
    UNION ALL SELECT 6, p.id, p.list_id, p.kind, NULL, NULL, NULL
    FROM \(ofGrant) JOIN grant_item AS x ON x.grant_id = g.id
      JOIN item AS p ON p.id = x.item_id AND p.deleted_at IS NULL
    WHERE g.account_id = ? AND g.connector_id = ?
    """

  private func part(_ fields: Fields) throws -> HoldingPart {
    switch try fields.integer(0) {
    case 0:
      let role: SystemRole =
        try fields.optionalText(3) == nil
        ? .custom(try fields.id(1)) : .builtIn(try fields.value(3))
      return .role(Bounded(role, try fields.bounds(5)))
    case 1:
      return .team(
        try fields.id(1), try fields.name(3), key: try fields.text(4), try fields.bounds(5))
    case 2: return .grant(try fields.id(1), all: try fields.integer(2), try fields.bounds(5))
    case 3: return .connectorRole(try fields.value(3))
    case 4: return .company(try fields.id(1))
    case 5: return .list(try fields.id(1))
    default:
      return .item(try fields.value(3), ListItem(list: try fields.id(2), item: try fields.id(1)))
    }
  }
}

private enum HoldingPart {
  case role(Bounded<SystemRole>)
  case team(TeamID, Name, key: String, Bounds)
  /// A grant, with one bit for each kind of which it gives all: companies, lists, actions, details, list
  /// actions.
  case grant(GrantID, all: Int64, Bounds)
  case connectorRole(ConnectorRole)
  case company(CompanyID)
  case list(ListID)
  case item(ItemKind, ListItem)
}

private struct HoldingParts {
  private var roles = BoundedSet<SystemRole>()
  private var teams: [(id: TeamID, name: Name, key: String, bounds: Bounds)] = []
  private var grant: (id: GrantID, all: Int64, bounds: Bounds)?
  private var connectorRoles: Set<ConnectorRole> = []
  private var companies: Set<CompanyID> = []
  private var lists: Set<ListID> = []
  private var items: [ItemKind: Set<ListItem>] = [:]

  mutating func add(_ part: HoldingPart) {
    switch part {
    case .role(let role): roles[role.value] = role.bounds
    case .team(let id, let name, let key, let bounds): teams.append((id, name, key, bounds))
    case .grant(let id, let all, let bounds): grant = (id, all, bounds)
    case .connectorRole(let role): connectorRoles.insert(role)
    case .company(let id): companies.insert(id)
    case .list(let id): lists.insert(id)
    case .item(let kind, let item): items[kind, default: []].insert(item)
    }
  }

  func holdings(of account: Account, on connector: ConnectorID?) -> Holdings {
    Holdings(
      account: account, roles: roles,
      // The teams are sorted by bytes, as the store orders names.
      teams: teams.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
        ($0.id, $0.name, $0.bounds)
      },
      grant: connector.flatMap { whole(of: account.id, on: $0) })
  }

  private func whole(of account: AccountID, on connector: ConnectorID) -> Grant? {
    guard let grant else { return nil }
    func all(_ bit: Int64) -> Bool { grant.all & bit != 0 }
    var coverage: [ItemKind: Coverage<ListItem>] = [:]
    for (kind, bit) in [(ItemKind.action, 4), (.detail, 8), (.listAction, 16)] as [(ItemKind, Int64)] {
      coverage[kind] = all(bit) ? .all : .only(items[kind] ?? [])
    }
    return Grant(
      id: grant.id, subject: .account(account), connector: connector,
      permissions: Permissions(
        roles: connectorRoles, companies: all(1) ? .all : .only(companies),
        lists: all(2) ? .all : .only(lists),
        items: coverage, bounds: grant.bounds))
  }
}
