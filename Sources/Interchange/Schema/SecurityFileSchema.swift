import Access

/// The JSON Schema of the security file, made of the tables of keys by which the file is read.
package enum SecurityFileSchema {
  package static let schema = object(of: FileKey.self, member)
    .with([
      ("$comment", .text(comment)),
      ("$defs", .mapping(definitions.map { DocumentValue.Member(key: $0.0, value: $0.1.document) })),
    ])

  private static let comment = """
    This is the form of the file. What a schema can't say is not here: that names are unique and are compared after \
    Unicode NFC, trimming and case folding; that what is named exists; that an item's list is one of the grant's; that \
    an end is later than its beginning; that addresses don't clash; that a text holds no Token ID. Words are taken in \
    any case, and in YAML a name or a text may be written as a number or a boolean without quotes: such files are \
    taken, too.
    """

  private static let definitions: [(String, JSONSchema)] = [
    ("name", name), ("instant", instant), ("expiry", .any(of: [.definition("instant"), .words(["never"])])),
    ("connector", object(of: ConnectorKey.self, member)), ("list", object(of: ListKey.self, member)),
    ("widget", object(of: WidgetKey.self, member)), ("endpoint", object(of: EndpointKey.self, member)),
    ("role", object(of: RoleKey.self, member)), ("team", object(of: TeamKey.self, member)),
    ("apiUser", object(of: APIUserKey.self, member)), ("user", object(of: UserKey.self, member)),
    ("held", .any(of: [.definition("name"), object(of: HeldKey.self, member)])),
    ("grant", object(of: GrantKey.self, member)), ("item", object(of: GrantedItemKey.self, member)),
    ("token", object(of: TokenKey.self, member)), ("owner", owner), ("labels", labels),
  ]

  /// The object with the keys of a table, each with its schema.
  private static func object<Key: EntryKey>(
    of keys: Key.Type, _ schema: (Key) -> JSONSchema
  ) -> JSONSchema {
    .object(
      Key.allCases.map { key in
        JSONSchema.Property(key.rawValue, schema(key), isRequired: Key.required.contains(key))
      })
  }

  private static func all(of definition: String) -> JSONSchema { .array(of: .definition(definition)) }

  /// Several different things.
  private static func set(of element: JSONSchema) -> JSONSchema {
    JSONSchema.array(of: element).with([("uniqueItems", .literal("true"))])
  }

  private static let names = set(of: .definition("name"))

  private static func flag(default usual: Bool) -> JSONSchema {
    JSONSchema.boolean.with([("default", .literal(String(usual)))])
  }

  // MARK: Values

  private static let name = JSONSchema.text.with([("minLength", .literal("1"))]).described(
    "1 to \(Name.maximumCharacterCount) characters as people count them, after trimming, without control characters"
  )

  private static let instant = JSONSchema.text(
    matching: #"^\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d:\d\d([Zz]|[+-]\d\d:\d\d))?$"#
  ).described("an instant in whole seconds (RFC 3339), or a day, which means its first second in UTC")

  private static let owner = JSONSchema.any(of: [.definition("name"), object(of: OwnerKey.self, member)])

  private static let labels: JSONSchema = {
    let part = JSONSchema.text(matching: "^[a-z0-9._-]{1,\(Access.Label.maximumPartLength)}$")
    return JSONSchema.map(to: part).with([
      ("propertyNames", part.document), ("maxProperties", .literal(String(Labels.maximumCount))),
    ])
  }()

  /// The word `all`, or some of all.
  private static func coverage(of element: JSONSchema) -> JSONSchema {
    .any(of: [.words(["all"]), set(of: element)])
  }

  // MARK: Members

  private static func member(_ key: FileKey) -> JSONSchema {
    switch key {
    case .popsec: .constant(.literal(String(SecurityFile.version)))
    case .catalogue: object(of: CatalogueKey.self, member)
    case .roles: all(of: "role")
    case .teams: all(of: "team")
    case .apiUsers: all(of: "apiUser")
    case .users: all(of: "user")
    }
  }

  private static func member(_ key: CatalogueKey) -> JSONSchema {
    switch key {
    case .connectors: all(of: "connector")
    case .widgets: all(of: "widget")
    case .endpoints: all(of: "endpoint")
    }
  }

  private static func member(_ key: ConnectorKey) -> JSONSchema {
    switch key {
    case .name: .definition("name")
    case .companies: names
    case .lists: all(of: "list")
    }
  }

  private static func member(_ key: ListKey) -> JSONSchema {
    switch key {
    case .name, .group: .definition("name")
    case .actions, .details, .listActions: names
    }
  }

  private static func member(_ key: WidgetKey) -> JSONSchema {
    switch key {
    case .name, .connector: .definition("name")
    case .url: .text
    case .lists: names
    case .enabled: flag(default: true)
    case .open: flag(default: false)
    case .parameters: object(of: WidgetParameter.self) { _ in .text(matching: "^[^&=#%+? ]{1,100}$") }
    }
  }

  private static func member(_ key: EndpointKey) -> JSONSchema {
    switch key {
    case .name, .connector, .list: .definition("name")
    case .url: .text
    case .methods: set(of: .text(matching: "^[A-Z]{1,20}$")).with([("minItems", .literal("1"))])
    case .enabled: flag(default: true)
    case .match: .words(AddressMatch.allCases.map(\.rawValue))
    }
  }

  private static func member(_ key: RoleKey) -> JSONSchema {
    switch key {
    case .name: .definition("name")
    case .description: .text
    case .permissions: set(of: .words(Permission.allCases.map(\.rawValue)))
    }
  }

  private static func member(_ key: TeamKey) -> JSONSchema {
    switch key {
    case .name: .definition("name")
    case .description: .text
    case .roles: all(of: "held")
    case .grants: all(of: "grant")
    }
  }

  private static func member(_ key: APIUserKey) -> JSONSchema {
    switch key {
    case .name: .definition("name")
    case .enabled: flag(default: true)
    case .ownerOfIt: .definition("owner")
    case .note: .text
    case .labels: .definition("labels")
    case .teams, .roles: all(of: "held")
    case .grants: all(of: "grant")
    case .tokens: all(of: "token")
    }
  }

  private static func member(_ key: UserKey) -> JSONSchema {
    switch key {
    case .name: .definition("name")
    case .unix: .text(matching: "^[A-Za-z_][A-Za-z0-9_.-]{0,31}$")
    case .keys: set(of: .text(matching: "^(ssh-|ecdsa-sha2-|sk-ssh-|sk-ecdsa-sha2-)[^ ]* [^ ]"))
    case .enabled: flag(default: true)
    case .teams, .roles: all(of: "held")
    case .grants: all(of: "grant")
    case .tokens: all(of: "token")
    }
  }

  private static func member(_ key: HeldKey) -> JSONSchema {
    switch key {
    case .name: .definition("name")
    case .from, .until: .definition("instant")
    }
  }

  private static func member(_ key: GrantKey) -> JSONSchema {
    switch key {
    case .connector: .definition("name")
    case .roles: set(of: .words(ConnectorRole.allCases.map(\.rawValue)))
    case .companies, .lists: coverage(of: .definition("name"))
    case .actions, .details, .listActions: coverage(of: .definition("item"))
    case .from, .until: .definition("instant")
    }
  }

  private static func member(_ key: GrantedItemKey) -> JSONSchema { .definition("name") }

  private static func member(_ key: OwnerKey) -> JSONSchema { .definition("name") }

  private static func member(_ key: TokenKey) -> JSONSchema {
    switch key {
    case .name: .definition("name")
    case .from: .definition("instant")
    case .expires: .definition("expiry")
    case .disabled: flag(default: false)
    case .widgets, .endpoints: names
    case .networks: set(of: .text)
    case .ratePerMinute: rate
    case .ownerOfIt: .definition("owner")
    case .note: .text
    case .labels: .definition("labels")
    }
  }

  private static let rate = JSONSchema.integer.with([
    ("minimum", .literal(String(TokenLimits.requestsPerMinuteRange.lowerBound))),
    ("maximum", .literal(String(TokenLimits.requestsPerMinuteRange.upperBound))),
  ])
}
