internal import Access
internal import Store

// Tokens and the catalogue, as parts of the whole state.
extension Session {
  func tokenFacts(_ body: (TokenFact) throws -> Void) throws {
    let sql = """
      SELECT id, account_id, name, expires_at, ever_without_expiry, created_at, disabled, revoked_at,
        requests_per_minute, valid_from, \(Self.particularsColumns("token", "token"))
      FROM token ORDER BY id
      """
    _ = try some(sql, limit: .max) { (fields: Fields) -> Void? in
      try body(try tokenFact(fields))
      return nil
    }
  }

  private func tokenFact(_ fields: Fields) throws -> TokenFact {
    let id = try fields.integer(0)
    let networks = try rows("SELECT network FROM token_network WHERE token_id = ?", [id]) { fields in
      try fields.checked(0, Network(try fields.text(0)))
    }
    let issues = try rows(
      "SELECT id, hint, created_at, valid_until FROM token_id WHERE token_id = ? ORDER BY ordinal", [id]
    ) { fields in
      TokenFact.Issue(
        tokenID: IssuedTokenID(id: try fields.id(0), hint: try fields.value(1)), at: try fields.time(2),
        validUntil: try fields.optionalTime(3))
    }
    let limits = TokenLimits(
      widgets: Set(
        try rows("SELECT widget_id FROM token_widget WHERE token_id = ?", [id]) { try $0.id(0) }),
      endpoints: Set(
        try rows("SELECT endpoint_id FROM token_endpoint WHERE token_id = ?", [id]) { try $0.id(0) }),
      networks: Set(networks), requestsPerMinute: try fields.optionalInteger(8).map(Int.init))
    let about = try fields.particulars(10)
    return TokenFact(
      id: try fields.id(0), account: try fields.id(1),
      terms: TokenTerms(
        name: try fields.name(2), validFrom: try fields.optionalTime(9),
        expiry: try fields.optionalTime(3).map(Expiry.at) ?? .never,
        isDisabled: try fields.flag(6), limits: limits, particulars: about.particulars),
      wasEverWithoutExpiry: try fields.flag(4), createdAt: try fields.time(5),
      createdBy: about.createdBy, revokedAt: try fields.optionalTime(7), issues: issues)
  }

  func entryFacts(_ body: (KeptFact<CatalogueEntry>) throws -> Void) throws {
    func each(_ table: String, _ columns: String, _ entry: (Fields) throws -> CatalogueEntry) throws {
      let sql = "SELECT deleted_at, deletion, id, name, \(columns) FROM \(table) ORDER BY id"
      _ = try some(sql, limit: .max) { (fields: Fields) -> Void? in
        let isGone = try fields.optionalInteger(0) != nil
        let deletion =
          isGone ? Deletion(number: try fields.optionalInteger(1) ?? 0, at: try fields.time(0)) : nil
        try body(KeptFact(try entry(fields), deletion: deletion))
        return nil
      }
    }
    try each("connector", "id") { .connector(Connector(id: try $0.id(2), name: try $0.name(3))) }
    try each("company", "connector_id") {
      .company(Company(id: try $0.id(2), connector: try $0.id(4), name: try $0.name(3)))
    }
    try each("data_list", "connector_id, group_name") {
      .list(
        CatalogueList(
          id: try $0.id(2), connector: try $0.id(4), name: try $0.name(3), group: try $0.optionalName(5)))
    }
    try each("item", "list_id, kind") {
      .item(Item(id: try $0.id(2), list: try $0.id(4), kind: try $0.value(5), name: try $0.name(3)))
    }
    try each("widget", "url, connector_id, enabled, open", widget)
    try each("endpoint", "url, connector_id, list_id, enabled, address_match", endpoint)
  }

  private func widget(_ fields: Fields) throws -> CatalogueEntry {
    let id = try fields.integer(2)
    let url = try fields.text(4)
    let parameters: [(WidgetParameter, String)] = try rows(
      "SELECT parameter, query_name FROM widget_parameter WHERE widget_id = ?", [id]
    ) { (try $0.value(0), try $0.text(1)) }
    return .widget(
      Widget(
        id: try fields.id(2), name: try fields.name(3), address: try fields.checked(4, try? Address(url)),
        connector: try fields.id(5),
        lists: Set(
          try rows("SELECT list_id FROM widget_list WHERE widget_id = ?", [id]) { try $0.id(0) }),
        isEnabled: try fields.flag(6), isOpen: try fields.flag(7),
        parameters: Dictionary(parameters) { first, _ in first }))
  }

  private func endpoint(_ fields: Fields) throws -> CatalogueEntry {
    let url = try fields.text(4)
    let methods: [HTTPMethod] = try rows(
      "SELECT method FROM endpoint_method WHERE endpoint_id = ?", [try fields.integer(2)]
    ) { try $0.value(0) }
    return .endpoint(
      Endpoint(
        id: try fields.id(2), name: try fields.name(3),
        address: try fields.checked(4, try? AddressTemplate(url)), match: try fields.value(8),
        methods: Set(methods), connector: try fields.id(5), list: try fields.id(6),
        isEnabled: try fields.flag(7)))
  }
}
