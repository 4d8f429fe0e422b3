package import Interchange
import Terminal

extension ConsoleConfig {
  /// The whole document in effect, with what is usual where nothing else was set.
  package var document: DocumentValue {
    .mapping(
      ConfigKey.allCases.map { DocumentValue.Member(key: $0.rawValue, value: value(of: $0) ?? .mapping([])) })
  }

  /// The document with only what differs from the usual settings.
  package var changedDocument: DocumentValue {
    .mapping(
      ConfigKey.allCases.compactMap { key in
        guard let value = value(of: key), value != Self.standard.value(of: key) else { return nil }
        return DocumentValue.Member(key: key.rawValue, value: value)
      })
  }

  /// The value of a key; nil for a mapping that has nothing in it.
  package func value(of key: ConfigKey) -> DocumentValue? {
    switch key {
    case .theme: .text(theme.rawValue)
    case .startPage: .text((startPage ?? Places.main).rawValue)
    case .timeZone: .text(timeZone ?? "local")
    case .copyRowAs: .text(copyRowAs?.rawValue ?? RowFormat.asking)
    case .keys:
      Self.mapping(keys.pages) { actions in
        Self.mapping(actions) { .list($0.map { .text($0.label) }) }
      }
    case .columns: Self.mapping(columns) { .list($0.map(DocumentValue.text)) }
    case .views: Self.mapping(views) { .list($0.map(\.document)) }
    }
  }

  /// A mapping whose keys are sorted; nil where it would be empty.
  private static func mapping<Content>(
    _ contents: [String: Content], _ value: (Content) -> DocumentValue?
  ) -> DocumentValue? {
    let members = contents.sorted { $0.key < $1.key }.compactMap { name, content in
      value(content).map { DocumentValue.Member(key: name, value: $0) }
    }
    return members.isEmpty ? nil : .mapping(members)
  }
}

extension ConsoleConfig.View {
  fileprivate var document: DocumentValue {
    .mapping(
      ConfigViewKey.allCases.compactMap { key in
        let value: DocumentValue? =
          switch key {
          case .letter: .text(String(letter))
          case .name: .text(name)
          case .filter: .text(filter)
          case .order: order.map { .text($0) }
          case .descending: isDescending ? .literal("true") : nil
          }
        return value.map { DocumentValue.Member(key: key.rawValue, value: $0) }
      })
  }
}

extension ConsoleConfig {
  /// A document's text that says the same as before, but for one key. Comments and everything else stay where that is
  /// possible; otherwise the document is written anew, without its comments.
  ///
  /// - Parameter text: a document that reads as some settings.
  ///
  /// Errors: all that is wrong with the document as it was, or would be.
  package static func text(
    _ text: String, setting key: ConfigKey, _ vocabulary: ConfigVocabulary,
    _ change: (inout ConsoleConfig) -> Void
  ) throws(ConfigErrors) -> String {
    var wanted = try read(Array(text.utf8), named: "the document", vocabulary)
    change(&wanted)
    var edited = ConfigText(text)
    edited.replace(key, with: wanted.value(of: key))
    if (try? read(Array(edited.text.utf8), named: "the document", vocabulary)) == wanted {
      return edited.text
    }
    let anew = wanted.changedDocument.yaml
    _ = try read(Array(anew.utf8), named: "the document", vocabulary)
    return anew
  }
}

extension ConsoleConfig {
  /// Takes one part of other settings.
  package mutating func take(_ key: ConfigKey, of other: ConsoleConfig) {
    switch key {
    case .theme: theme = other.theme
    case .startPage: startPage = other.startPage
    case .timeZone: timeZone = other.timeZone
    case .copyRowAs: copyRowAs = other.copyRowAs
    case .keys: keys = other.keys
    case .columns: columns = other.columns
    case .views: views = other.views
    }
  }
}
