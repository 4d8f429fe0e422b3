import Access

/// The members of the file, and of what the catalogue has.
extension SecurityFileSchema {
  static func member(_ key: FileKey) -> JSONSchema {
    switch key {
    case .popsec: .constant(.literal(String(SecurityFile.version)))
    case .catalogue: object(of: CatalogueKey.self, member)
    case .roles: all(of: "role")
    case .teams: all(of: "team")
    case .apiUsers: all(of: "apiUser")
    case .users: all(of: "user")
    case .laws: all(of: "law")
    }
  }

  static func member(_ key: CatalogueKey) -> JSONSchema {
    switch key {
    case .connectors: all(of: "connector")
    case .widgets: all(of: "widget")
    case .endpoints: all(of: "endpoint")
    }
  }

  static func member(_ key: ConnectorKey) -> JSONSchema {
    switch key {
    case .name: .definition("name")
    case .companies: names
    case .lists: all(of: "list")
    }
  }

  static func member(_ key: ListKey) -> JSONSchema {
    switch key {
    case .name, .group: .definition("name")
    case .actions, .details, .listActions: names
    }
  }

  static func member(_ key: WidgetKey) -> JSONSchema {
    switch key {
    case .name, .connector: .definition("name")
    case .url: .text
    case .lists: names
    case .enabled: flag(default: true)
    case .open: flag(default: false)
    case .parameters: object(of: WidgetParameter.self) { _ in .text(matching: "^[^&=#%+? ]{1,100}$") }
    }
  }

  static func member(_ key: EndpointKey) -> JSONSchema {
    switch key {
    case .name, .connector, .list: .definition("name")
    case .url: .text
    case .methods: set(of: .text(matching: "^[A-Z]{1,20}$")).with([("minItems", .literal("1"))])
    case .enabled: flag(default: true)
    case .match: .words(AddressMatch.allCases.map(\.rawValue))
    }
  }
}
