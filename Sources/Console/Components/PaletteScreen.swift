private import Administration
package import Store
package import Terminal

/// Finds a page, an action or a thing while a person types. A pasted secret is never shown, but passed to another
/// screen.
package struct PaletteScreen: Screen {
  package enum Message: Sendable {
    case typed(TextInput)
    case up, down, activate
    case press(PaletteEntry)
    /// The answer to the text of that time.
    case found(FindText, Result<PaletteFinder.Found, Problem>)
  }

  package let title = "Go to"
  private let entries: [PaletteEntry]
  private let finder: PaletteFinder?
  private let onSecret: (@Sendable (String) -> any Screen)?
  private(set) var field = TextField("", maximum: 500)
  private(set) var hits: [PaletteSearch.Hit]
  /// The things that were found last, for this or an earlier text.
  private var found = PaletteFinder.Found([])
  private(set) var problem: Problem?
  private(set) var isAsking = false
  private(set) var selection = 0
  private(set) var rows = 12

  /// - Parameters:
  ///   - finder: looks up things; nil for a person who may see none.
  ///   - onSecret: makes the screen that shows the owner of a pasted Token ID or address.
  package init(
    _ entries: [PaletteEntry], finder: PaletteFinder? = nil,
    onSecret: (@Sendable (String) -> any Screen)? = nil
  ) {
    self.entries = entries
    self.finder = finder
    self.onSecret = onSecret
    hits = PaletteSearch.hits("", in: entries, and: [])
  }

  package var presentation: Presentation { .dialog(Size(columns: 66, rows: 14)) }
  /// The palette closes when the console is locked, so that the next person doesn't find a pasted Token ID.
  package var closesOnLock: Bool { field.isMasked }
  /// Whether some kind of things has more than are shown.
  var isCut: Bool { found.isCut && PaletteSearch.findText(field.value) != nil }

  package var bindings: [KeyBinding<Message>] {
    [
      KeyBinding(.enter, hint: "go", message: .activate),
      KeyBinding(.down, .tab, .control("n"), hint: "next", message: .down),
      KeyBinding(.up, .backTab, .control("p"), hint: "previous", isHinted: false, message: .up),
    ]
  }

  package func typed(_ input: TextInput) -> Message? { field.typed(input).map { .typed($0) } }

  package mutating func layout(in bounds: Rect) -> Effect<Message> {
    rows = max(1, bounds.rows - 2)
    return .none
  }

  package mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .typed(let input): return type(input)
    case .up: selection = max(0, selection - 1)
    case .down: selection = max(0, min(selection + 1, hits.count - 1))
    case .activate:
      if field.isMasked { return handOver() }
      return hits.indices.contains(selection) ? choose(hits[selection].entry) : .none
    case .press(let entry): return choose(entry)
    case .found(let text, let result): take(result, for: text)
    }
    return .none
  }

  private mutating func type(_ input: TextInput) -> Effect<Message> {
    let before = field.value
    field.update(input)
    // The text stays hidden until it is empty, because the rest after a Del is still secret.
    field.isMasked = !field.value.isEmpty && (field.isMasked || PastedTokenID.looksSecret(field.value))
    guard field.value != before else { return .none }
    selection = 0
    return search()
  }

  /// Shows what fits of what is known, and asks for the rest. What was found for an earlier text stays as far as it
  /// fits, until the answer comes.
  private mutating func search() -> Effect<Message> {
    isAsking = false
    problem = nil
    guard !field.isMasked, let finder, let text = PaletteSearch.findText(field.value) else {
      found = PaletteFinder.Found([])
      hits = field.isMasked ? [] : PaletteSearch.hits(field.value, in: entries, and: [])
      return .cancel("find")
    }
    hits = PaletteSearch.hits(field.value, in: entries, and: found.things)
    isAsking = true
    return .run("finding", cancelling: "find", awaited: .allButText) { .found(text, finder.find(text)) }
  }

  private mutating func take(_ result: Result<PaletteFinder.Found, Problem>, for text: FindText) {
    guard !field.isMasked, PaletteSearch.findText(field.value) == text else { return }
    isAsking = false
    switch result {
    case .success(let found): self.found = found
    case .failure(let problem):
      found = PaletteFinder.Found([])
      self.problem = problem
    }
    hits = PaletteSearch.hits(field.value, in: entries, and: found.things)
    selection = max(0, min(selection, hits.count - 1))
  }

  private mutating func handOver() -> Effect<Message> {
    let secret = field.value
    field.setValue("")
    guard let onSecret else { return .close }
    return .replace(onSecret(secret))
  }

  private func choose(_ entry: PaletteEntry) -> Effect<Message> {
    switch entry.action {
    case .open(let make, let key): return .batch(.replace(make()), key.map { .press($0) } ?? .none)
    case .openAll(let make):
      let screens = make()
      return .batch(screens.prefix(1).map { .replace($0) } + screens.dropFirst().map { .open($0) })
    case .act(let action): return .batch(.close, .act(action))
    case .global(let action): return .batch(.close, .global(action))
    }
  }
}
