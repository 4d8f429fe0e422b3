internal import Access
internal import Store

extension Session {
  func connectors() throws -> [Connector] { try connectors("1 = 1", []) }

  func connector(_ id: ConnectorID) throws -> Connector? { try connectors("id = ?", [id.rawValue]).first }

  func connector(named key: NameKey) throws -> Connector? {
    try connectors("name_key = ?", [key.text]).first
  }

  private func connectors(_ condition: String, _ values: [Value]) throws -> [Connector] {
    let sql = "SELECT id, name FROM connector WHERE \(condition) AND deleted_at IS NULL ORDER BY name_key"
    return try rows(sql, values) { Connector(id: try $0.id(0), name: try $0.name(1)) }
  }

  func companies(of connector: ConnectorID) throws -> [Company] {
    try companies("connector_id = ?", [connector.rawValue])
  }

  func company(_ id: CompanyID) throws -> Company? { try companies("id = ?", [id.rawValue]).first }

  private func companies(_ condition: String, _ values: [Value]) throws -> [Company] {
    try rows(
      """
      SELECT id, connector_id, name FROM company
      WHERE \(condition) AND deleted_at IS NULL ORDER BY name_key
      """, values
    ) { Company(id: try $0.id(0), connector: try $0.id(1), name: try $0.name(2)) }
  }

  func lists(of connector: ConnectorID) throws -> [CatalogueList] {
    try lists("connector_id = ?", [connector.rawValue])
  }

  func list(_ id: ListID) throws -> CatalogueList? { try lists("id = ?", [id.rawValue]).first }

  private func lists(_ condition: String, _ values: [Value]) throws -> [CatalogueList] {
    try rows(
      """
      SELECT id, connector_id, name, group_name FROM data_list
      WHERE \(condition) AND deleted_at IS NULL ORDER BY group_key IS NULL, group_key, name_key
      """, values
    ) {
      CatalogueList(
        id: try $0.id(0), connector: try $0.id(1), name: try $0.name(2), group: try $0.optionalName(3))
    }
  }

  func items(of connector: ConnectorID) throws -> [Item] {
    try items("l.connector_id = ?", [connector.rawValue])
  }

  func item(_ id: ItemID) throws -> Item? { try items("i.id = ?", [id.rawValue]).first }

  private func items(_ condition: String, _ values: [Value]) throws -> [Item] {
    try rows(
      """
      SELECT i.id, i.list_id, i.kind, i.name FROM item AS i JOIN data_list AS l ON l.id = i.list_id
      WHERE \(condition) AND i.deleted_at IS NULL AND l.deleted_at IS NULL
      ORDER BY l.name_key, i.kind, i.name_key
      """, values
    ) { Item(id: try $0.id(0), list: try $0.id(1), kind: try $0.value(2), name: try $0.name(3)) }
  }

  func entry(_ thing: DeletedThing) throws -> CatalogueEntry? {
    switch thing.kind {
    case .connector: try connector(thing.identifier())?.entry
    case .company: try company(thing.identifier())?.entry
    case .list: try list(thing.identifier())?.entry
    case .item: try item(thing.identifier())?.entry
    case .widget: try widget(thing.identifier())?.entry
    case .endpoint: try endpoint(thing.identifier())?.entry
    case .user, .apiUser, .team, .role: nil
    }
  }

  func catalogueCounts(of connector: ConnectorID) throws -> CatalogueCounts {
    let id = connector.rawValue
    let living = "WHERE connector_id = ? AND deleted_at IS NULL"
    return try together { session in
      CatalogueCounts(
        companies: try session.count("SELECT count(*) FROM company \(living)", [id]),
        lists: try session.count("SELECT count(*) FROM data_list \(living)", [id]),
        items: try session.count(
          """
          SELECT count(*) FROM item WHERE deleted_at IS NULL
          AND list_id IN (SELECT id FROM data_list \(living))
          """, [id]))
    }
  }

  func widgets() throws -> [Widget] { try widgets("1 = 1", []) }

  func widget(_ id: WidgetID) throws -> Widget? { try widgets("id = ?", [id.rawValue]).first }

  private func widgets(_ condition: String, _ values: [Value]) throws -> [Widget] {
    let sql = """
      SELECT id, name, url, connector_id, enabled, open FROM widget
      WHERE \(condition) AND deleted_at IS NULL ORDER BY name_key
      """
    return try together { session in
      try session.rows(sql, values) { fields in
        let id = try fields.integer(0)
        return Widget(
          id: try fields.id(0), name: try fields.name(1), address: try session.address(fields, 2),
          connector: try fields.id(3), lists: try session.lists(ofWidget: id),
          isEnabled: try fields.flag(4), isOpen: try fields.flag(5),
          parameters: try session.parameters(ofWidget: id))
      }
    }
  }

  private func lists(ofWidget id: Int64) throws -> Set<ListID> {
    let sql = """
      SELECT l.id FROM widget_list AS w JOIN data_list AS l ON l.id = w.list_id
      WHERE w.widget_id = ? AND l.deleted_at IS NULL
      """
    return Set(try rows(sql, [id]) { try $0.id(0) })
  }

  private func parameters(ofWidget id: Int64) throws -> [WidgetParameter: String] {
    let sql = "SELECT parameter, query_name FROM widget_parameter WHERE widget_id = ?"
    let pairs: [(WidgetParameter, String)] = try rows(sql, [id]) { (try $0.value(0), try $0.text(1)) }
    return Dictionary(pairs) { first, _ in first }
  }

  func endpoints() throws -> [Endpoint] { try endpoints("1 = 1", []) }

  func endpoint(_ id: EndpointID) throws -> Endpoint? { try endpoints("id = ?", [id.rawValue]).first }

  private func endpoints(_ condition: String, _ values: [Value]) throws -> [Endpoint] {
    let sql = """
      SELECT id, name, url, connector_id, list_id, enabled, address_match FROM endpoint
      WHERE \(condition) AND deleted_at IS NULL ORDER BY name_key
      """
    return try together { session in
      try session.rows(sql, values) { fields in
        let methods: [HTTPMethod] = try session.rows(
          "SELECT method FROM endpoint_method WHERE endpoint_id = ?", [try fields.integer(0)]
        ) { try $0.value(0) }
        let url = try fields.text(2)
        return Endpoint(
          id: try fields.id(0), name: try fields.name(1),
          address: try fields.checked(2, try? AddressTemplate(url)), match: try fields.value(6),
          methods: Set(methods), connector: try fields.id(3), list: try fields.id(4),
          isEnabled: try fields.flag(5))
      }
    }
  }

  private func address(_ fields: Fields, _ column: Int) throws -> Address {
    let text = try fields.text(column)
    return try fields.checked(column, try? Address(text))
  }
}
