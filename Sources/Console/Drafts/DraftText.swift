import Access

/// What is known by a text that stays the same from one session to the next.
protocol DraftText {
  var draftText: String { get }
  init?(draftText: String)
}

extension Identifier: DraftText {
  var draftText: String { description }
  init?(draftText: String) { self.init(draftText) }
}

extension Permission: DraftText {
  var draftText: String { rawValue }
  init?(draftText: String) { self.init(rawValue: draftText) }
}

extension ConnectorRole: DraftText {
  var draftText: String { rawValue }
  init?(draftText: String) { self.init(rawValue: draftText) }
}

extension SystemRole: DraftText {
  var draftText: String {
    switch self {
    case .builtIn(let role): role.rawValue
    case .custom(let id): "custom/\(id)"
    }
  }

  init?(draftText: String) {
    if let role = BuiltInRole(rawValue: draftText) {
      self = .builtIn(role)
    } else if draftText.hasPrefix("custom/"), let id = RoleID(draftText.dropFirst(7)) {
      self = .custom(id)
    } else {
      return nil
    }
  }
}

extension ListItem: DraftText {
  var draftText: String { "\(list)/\(item)" }

  init?(draftText: String) {
    let parts = draftText.split(separator: "/")
    guard parts.count == 2, let list = ListID(parts[0]), let item = ItemID(parts[1]) else { return nil }
    self.init(list: list, item: item)
  }
}

extension PendingEdits.Choice {
  init<Element: DraftText>(_ coverage: Coverage<Element>) {
    switch coverage {
    case .all: self = .all
    case .only(let elements): self = .only(elements.map(\.draftText).sorted())
    }
  }

  /// Nil where something in it can't be read.
  func coverage<Element: DraftText>(of type: Element.Type = Element.self) -> Coverage<Element>? {
    switch self {
    case .all: return .all
    case .only(let texts):
      let elements = texts.compactMap(Element.init(draftText:))
      return elements.count == texts.count ? .only(Set(elements)) : nil
    }
  }
}
