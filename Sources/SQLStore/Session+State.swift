internal import Access
internal import Store

extension Session {
  func forEachFact(_ body: (StateFact) throws -> Void) throws {
    try accountFacts { try body(.account($0)) }
    try teamFacts { try body(.team($0)) }
    try roleFacts { try body(.role($0)) }
    try each("SELECT team_id, account_id, from_at, until_at FROM membership ORDER BY team_id, account_id") {
      let membership = Membership(team: try $0.id(0), account: try $0.id(1))
      try body(.member(Bounded(membership, try $0.bounds(2))))
    }
    try assignmentFacts { try body(.roles($0, $1)) }
    try grantFacts { try body(.grant($0)) }
    try tokenFacts { try body(.token($0)) }
    try entryFacts { try body(.entry($0)) }
    try each("SELECT key, account_id, value FROM setting ORDER BY account_id, key") {
      try body(.setting(SettingKey(setting: try $0.value(0), user: try $0.optionalID(1)), try $0.text(2)))
    }
    for law in try laws() { try body(.law(law)) }
  }

  private func each(_ sql: String, _ body: (Fields) throws -> Void) throws {
    _ = try some(sql, limit: .max) { (fields: Fields) -> Void? in
      try body(fields)
      return nil
    }
  }

  private func deletion(_ fields: Fields, at column: Int) throws -> Deletion? {
    guard try fields.optionalInteger(column) != nil else { return nil }
    return Deletion(number: try fields.optionalInteger(column + 1) ?? 0, at: try fields.time(column))
  }

  private func accountFacts(_ body: (KeptFact<KeyedAccount>) throws -> Void) throws {
    try each(
      """
      SELECT \(Self.accountColumns), deleted_at, deletion FROM account ORDER BY id
      """
    ) { fields in
      let account = try Self.account(fields)
      let keys = try rows(
        "SELECT public_key FROM account_key WHERE account_id = ?", [account.id.rawValue]
      ) { try $0.text(0) }
      try body(
        KeptFact(
          KeyedAccount(account, keys: keys.sorted()),
          deletion: try deletion(fields, at: Self.accountColumnCount)))
    }
  }

  private func teamFacts(_ body: (KeptFact<Team>) throws -> Void) throws {
    try each("SELECT id, name, summary, created_at, deleted_at, deletion FROM team ORDER BY id") { fields in
      let team = Team(
        id: try fields.id(0), name: try fields.name(1), summary: try fields.summary(2),
        createdAt: try fields.time(3))
      try body(KeptFact(team, deletion: try deletion(fields, at: 4)))
    }
  }

  private func roleFacts(_ body: (KeptFact<CustomRole>) throws -> Void) throws {
    try each("SELECT id, name, summary, deleted_at, deletion FROM role ORDER BY id") { fields in
      let permissions: [Permission] = try rows(
        "SELECT permission FROM role_permission WHERE role_id = ?", [try fields.integer(0)]
      ) { try $0.value(0) }
      let role = CustomRole(
        id: try fields.id(0), name: try fields.name(1), summary: try fields.summary(2),
        permissions: Set(permissions))
      try body(KeptFact(role, deletion: try deletion(fields, at: 3)))
    }
  }

  private func assignmentFacts(_ body: (SubjectID, BoundedSet<SystemRole>) throws -> Void) throws {
    var pending: (subject: SubjectID, roles: BoundedSet<SystemRole>)?
    try each(
      """
      SELECT account_id, team_id, builtin, role_id, from_at, until_at FROM role_assignment
      ORDER BY team_id, account_id
      """
    ) { fields in
      let account: AccountID? = try fields.optionalID(0)
      let subject = try account.map(SubjectID.account) ?? .team(try fields.id(1))
      let role = try Self.role(fields, at: 2)
      if pending?.subject != subject {
        if let pending { try body(pending.subject, pending.roles) }
        pending = (subject, BoundedSet())
      }
      pending?.roles[role] = try fields.bounds(4)
    }
    if let pending { try body(pending.subject, pending.roles) }
  }

  private func grantFacts(_ body: (GrantFact) throws -> Void) throws {
    try each(
      """
      SELECT id, account_id, team_id, connector_id, all_companies, all_lists, all_actions, all_details,
        all_list_actions, from_at, until_at
      FROM access_grant ORDER BY id
      """
    ) { fields in
      let grant = try fields.integer(0)
      let account: AccountID? = try fields.optionalID(1)
      let all = [(ItemKind.action, 6), (.detail, 7), (.listAction, 8)]
      let roles: [ConnectorRole] = try rows("SELECT role FROM grant_role WHERE grant_id = ?", [grant]) {
        try $0.value(0)
      }
      let subject = try account.map(SubjectID.account) ?? .team(try fields.id(2))
      try body(
        GrantFact(
          key: GrantFact.Key(subject: subject, connector: try fields.id(3)), roles: Set(roles),
          companies: try named(grant, "grant_company", "company_id"),
          lists: try named(grant, "grant_list", "list_id"), items: try named(grant, "grant_item", "item_id"),
          allCompanies: try fields.flag(4), allLists: try fields.flag(5),
          allItems: Set(try all.filter { try fields.flag($0.1) }.map(\.0)), bounds: try fields.bounds(9)))
    }
  }

  private func named<Kind>(_ grant: Int64, _ table: String, _ column: String) throws -> Set<Identifier<Kind>>
  {
    Set(try rows("SELECT \(column) FROM \(table) WHERE grant_id = ?", [grant]) { try $0.id(0) })
  }
}
