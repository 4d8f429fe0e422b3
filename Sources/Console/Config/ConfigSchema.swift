package import Interchange
import Terminal

/// The JSON Schema (2020-12) of a document of settings, made of the tables by which the document is read.
extension ConsoleConfig {
  package static func schema(_ vocabulary: ConfigVocabulary) -> JSONSchema {
    let properties = ConfigKey.allCases.map { key in
      DocumentValue.Member(
        key: key.rawValue, value: .object([("description", .text(key.meaning))] + vocabulary.schema(of: key)))
    }
    return JSONSchema([
      ("type", .text("object")),
      ("properties", .mapping(properties)),
      ("additionalProperties", .literal("false")),
    ])
  }
}

extension ConfigVocabulary {
  fileprivate func schema(of key: ConfigKey) -> [(String, DocumentValue)] {
    switch key {
    case .theme: Self.words(ColorTheme.allCases.map(\.rawValue) + ["color-blind"])
    case .startPage: Self.words(startPages.map(\.rawValue))
    // The zones differ from machine to machine.
    case .timeZone: [("type", .text("string"))]
    case .copyRowAs: Self.words(ConsoleConfig.RowFormat.words)
    case .keys:
      Self.mapping(
        pages.map { page in
          let actions = page.name == KeyAssignments.everywhere ? everywhere : page.actions
          return (page.name, .object(Self.mapping(actions.map { ($0.id, Self.keys) })))
        })
    case .columns:
      Self.mapping(
        lists.map { list in
          let column = DocumentValue.object(Self.words(list.columns.map(\.id)))
          return (list.name, Self.list(column, isUnique: true))
        })
    case .views: Self.mapping(lists.map { ($0.name, Self.list(view($0))) })
    }
  }

  private func view(_ list: Page) -> DocumentValue {
    let properties = ConfigViewKey.allCases.map { key in
      let schema: [(String, DocumentValue)] =
        switch key {
        case .letter: [("type", .text("string")), ("minLength", .literal("1")), ("maxLength", .literal("1"))]
        case .name, .filter:
          [
            ("type", .text("string")), ("minLength", .literal("1")),
            ("maxLength", .literal(String(ConfigDocument.maximumTextLength))),
          ]
        case .order: Self.words(list.columns.map(\.id))
        case .descending: [("type", .text("boolean"))]
        }
      return (key.rawValue, DocumentValue.object([("description", .text(key.meaning))] + schema))
    }
    let required = ConfigViewKey.allCases.filter(ConfigViewKey.required.contains).map(\.rawValue)
    return .object(Self.mapping(properties) + [("required", .list(required.map(DocumentValue.text)))])
  }

  /// A key, or several.
  private static let keys = DocumentValue.object([
    ("anyOf", .list([.object([("type", .text("string"))]), list(.object([("type", .text("string"))]))]))
  ])

  private static func words(_ words: [String]) -> [(String, DocumentValue)] {
    [("type", .text("string")), ("enum", .list(words.map(DocumentValue.text)))]
  }

  private static func list(_ items: DocumentValue, isUnique: Bool = false) -> DocumentValue {
    .object(
      [
        ("type", .text("array")), ("items", items),
        ("maxItems", .literal(String(ConfigDocument.maximumCount))),
      ] + (isUnique ? [("uniqueItems", .literal("true"))] : []))
  }

  private static func mapping(_ properties: [(String, DocumentValue)]) -> [(String, DocumentValue)] {
    [
      ("type", .text("object")), ("properties", .object(properties)),
      ("additionalProperties", .literal("false")),
    ]
  }
}

extension DocumentValue {
  fileprivate static func object(_ members: [(String, DocumentValue)]) -> DocumentValue {
    .mapping(members.map { Member(key: $0.0, value: $0.1) })
  }
}
