import Access

/// The members of laws.
extension SecurityFileSchema {
  static let lawDefinitions: [(String, JSONSchema)] = [
    ("law", law), ("who", object(of: LawWhoKey.self, member).with([("minProperties", .literal("1"))])),
    ("what", object(of: LawWhatKey.self, member)),
  ]

  /// A law has exactly one form.
  static let law = object(of: LawKey.self, member).with([
    (
      "oneOf",
      .list(
        LawKey.forms.map { required($0.rawValue) })
    )
  ])

  static func member(_ key: LawKey) -> JSONSchema {
    switch key {
    case .name: .definition("name")
    case .reason: .text
    case .mode: .words(LawMode.allCases.map(\.rawValue))
    case .exceptions: .array(of: object(of: LawExceptionKey.self, member))
    case .never: object(of: NeverKey.self, member)
    case .apart: object(of: ApartKey.self, member)
    case .within: object(of: WithinKey.self, member)
    case .tokens: object(of: TokenDemandKey.self, member).with([("minProperties", .literal("2"))])
    case .owned: object(of: OwnedKey.self, member)
    }
  }

  static func member(_ key: LawExceptionKey) -> JSONSchema {
    .definition(key == .until ? "instant" : "name")
  }

  static func member(_ key: NeverKey) -> JSONSchema { .definition(key == .who ? "who" : "what") }

  static func member(_ key: ApartKey) -> JSONSchema { .definition(key == .who ? "who" : "what") }

  static func member(_ key: WithinKey) -> JSONSchema { .definition(key == .who ? "who" : "name") }

  /// Users have no owner, so that API users are named alone.
  static func member(_ key: OwnedKey) -> JSONSchema {
    object(of: LawWhoKey.self, member).with([
      ("required", .list([.text(LawWhoKey.apiUsers.rawValue)])), ("not", required(LawWhoKey.users.rawValue)),
    ])
  }

  static func member(_ key: TokenDemandKey) -> JSONSchema {
    switch key {
    case .who: .definition("who")
    case .expiring: flag(default: false)
    case .networks, .limited: .words([TokenDemandKey.demand])
    case .maxDays, .unusedDays:
      JSONSchema.integer.with([
        ("minimum", .literal(String(LawBounds.days.lowerBound))),
        ("maximum", .literal(String(LawBounds.days.upperBound))),
      ])
    }
  }

  /// Only API users have labels.
  static func member(_ key: LawWhoKey) -> JSONSchema {
    let chosen = LawSelectionKey.allCases.filter { key == .apiUsers || $0 != .labels }
    return .any(
      of: [.words(["all"]), some(of: "name")] + chosen.map { .object([.init($0.rawValue, member($0))]) })
  }

  static func member(_ key: LawSelectionKey) -> JSONSchema {
    key == .labels ? labels.with([("minProperties", .literal("1"))]) : some(of: "name")
  }

  static func member(_ key: LawWhatKey) -> JSONSchema {
    switch key {
    case .connector: .definition("name")
    case .companies, .lists: .any(of: [.words(["all"]), some(of: "name")])
    case .actions, .details, .listActions: .any(of: [.words(["all"]), some(of: "item")])
    }
  }

  private static func required(_ key: String) -> DocumentValue {
    .mapping([DocumentValue.Member(key: "required", value: .list([.text(key)]))])
  }

  /// At least one of something, each once.
  private static func some(of definition: String) -> JSONSchema {
    set(of: .definition(definition)).with([("minItems", .literal("1"))])
  }
}
