import Access

/// The JSON Schema of the security file, made of the tables of keys by which the file is read.
package enum SecurityFileSchema {
  package static let schema = object(of: FileKey.self, member)
    .with([
      ("$comment", .text(comment)),
      ("$defs", .mapping(definitions.map { DocumentValue.Member(key: $0.0, value: $0.1.document) })),
    ])

  /// The schema of one law alone.
  package static let lawEntry: JSONSchema = {
    let needed: Set = ["who", "what", "name", "instant", "item"]
    let parts = definitions.filter { needed.contains($0.0) }
    return law.with([
      ("$defs", .mapping(parts.map { DocumentValue.Member(key: $0.0, value: $0.1.document) }))
    ])
  }()

  private static let comment = """
    This is the form of the file. What a schema can't say is not here: that names are unique and are compared after \
    Unicode NFC, trimming and case folding; that what is named exists; that an item's list is one of the grant's, or the law's; that \
    an end is later than its beginning; that addresses don't clash; that a text holds no Token ID. Words are taken in \
    any case, and in YAML a name or a text may be written as a number or a boolean without quotes: such files are \
    taken, too.
    """

  private static let definitions: [(String, JSONSchema)] =
    lawDefinitions + [
      ("name", name), ("instant", instant),
      ("expiry", .any(of: [.definition("instant"), .words(["never"])])),
      ("connector", object(of: ConnectorKey.self, member)), ("list", object(of: ListKey.self, member)),
      ("widget", object(of: WidgetKey.self, member)), ("endpoint", object(of: EndpointKey.self, member)),
      ("role", object(of: RoleKey.self, member)), ("team", object(of: TeamKey.self, member)),
      ("apiUser", object(of: APIUserKey.self, member)), ("user", object(of: UserKey.self, member)),
      ("held", .any(of: [.definition("name"), object(of: HeldKey.self, member)])),
      ("grant", object(of: GrantKey.self, member)), ("item", object(of: GrantedItemKey.self, member)),
      ("token", object(of: TokenKey.self, member)), ("owner", owner), ("labels", labels),
    ]

  /// The object with the keys of a table, each with its schema.
  static func object<Key: EntryKey>(
    of keys: Key.Type, _ schema: (Key) -> JSONSchema
  ) -> JSONSchema {
    .object(
      Key.allCases.map { key in
        JSONSchema.Property(key.rawValue, schema(key), isRequired: Key.required.contains(key))
      })
  }

  static func all(of definition: String) -> JSONSchema { .array(of: .definition(definition)) }

  /// Several different things.
  static func set(of element: JSONSchema) -> JSONSchema {
    JSONSchema.array(of: element).with([("uniqueItems", .literal("true"))])
  }

  static let names = set(of: .definition("name"))

  static func flag(default usual: Bool) -> JSONSchema {
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

  static let labels: JSONSchema = {
    let part = JSONSchema.text(matching: "^[a-z0-9._-]{1,\(Access.Label.maximumPartLength)}$")
    return JSONSchema.map(to: part).with([
      ("propertyNames", part.document), ("maxProperties", .literal(String(Labels.maximumCount))),
    ])
  }()

  /// The word `all`, or some of all.
  static func coverage(of element: JSONSchema) -> JSONSchema {
    .any(of: [.words(["all"]), set(of: element)])
  }
}
