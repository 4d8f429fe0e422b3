import Access

extension CheckLine {
  /// The schema of a line of the batch check.
  package static let schema = JSONSchema.object(
    Key.allCases.map { JSONSchema.Property($0.rawValue, member($0), isRequired: false) }
  ).with([
    (
      "allOf",
      .list([exactlyOne(of: [.token, .apiUser, .user]), exactlyOne(of: [.widget, .endpoint, .api])])
    ),
    ("dependentRequired", .mapping(needs)),
    ("not", JSONSchema.any(of: exclusions.map(having)).document),
    (
      "$comment",
      .text(
        "A list is optional for a widget, fixed for an endpoint, and needed for api. An instant may have a fraction "
          + "of a second, which is dropped.")
    ),
  ])

  private static func member(_ key: Key) -> JSONSchema {
    switch key {
    case .token: JSONSchema.text.described("a Token ID: a secret")
    case .tokenName, .apiUser, .user, .widget, .endpoint, .connector, .company, .list, .action, .detail,
      .listAction:
      .text
    case .method: .text(matching: "^[A-Z]{1,20}$")
    case .api: .constant(.literal("true"))
    case .at:
      JSONSchema.text(matching: #"^\d{4}-\d\d-\d\d"#).described("an instant (RFC 3339), or a day in UTC")
    case .source: JSONSchema.text.described("an IP address")
    }
  }

  /// Keys, each with the keys that it needs.
  private static let needs: [DocumentValue.Member] = [
    (Key.api, [Key.connector, .list]), (.connector, [.api]), (.method, [.endpoint]),
  ].map { key, needed in
    DocumentValue.Member(key: key.rawValue, value: .list(needed.map { .text($0.rawValue) }))
  }

  /// Keys that don't stand together.
  private static let exclusions: [[Key]] = [
    [.token, .tokenName], [.action, .detail], [.action, .listAction], [.detail, .listAction],
  ]

  private static func having(_ keys: [Key]) -> JSONSchema {
    JSONSchema([("required", .list(keys.map { .text($0.rawValue) }))])
  }

  private static func exactlyOne(of keys: [Key]) -> DocumentValue {
    JSONSchema.one(of: keys.map { having([$0]) }).document
  }
}

extension VerdictLine {
  /// The schema of an answer of the batch check, which is also that of a single check.
  package static let schema = JSONSchema.one(of: [allowed, denied, error])

  private static let allowed = JSONSchema.object([
    .init("decision", .words(["allow"])), .init("step", .words([DecisionStep.grant.rawValue])),
    .init("by", .object([.init("grant", .text)])), .init("connector", .text),
    .init("lists", .array(of: .text)), .init("companies", .array(of: .text)),
    .init("pairs", .array(of: pair)),
    .init("until", .instant, isRequired: false), .init("reason", .text),
  ])

  private static let denied = JSONSchema.object([
    .init("decision", .words(["deny"])), .init("step", .words(DecisionStep.allCases.map(\.rawValue))),
    .init("connector", .text, isRequired: false), .init("lists", none), .init("companies", none),
    .init("until", .instant, isRequired: false), .init("reason", .text),
    .init("fix", .text, isRequired: false),
  ])

  private static let error = JSONSchema.object([
    .init("error", .text), .init("line", JSONSchema.integer.with([("minimum", .literal("1"))])),
  ])

  private static let pair = JSONSchema.object([
    .init("company", JSONSchema.text.orNull), .init("list", .text),
  ])

  private static let none = JSONSchema.array(of: .text).with([("maxItems", .literal("0"))])
}
