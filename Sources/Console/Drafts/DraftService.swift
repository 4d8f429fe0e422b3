import Access
import Administration
import Store
import Terminal

/// Offers a user who comes back the edits that they left pending, and deletes a draft once it is saved or
/// dropped.
struct DraftService: Screen {
  enum Answer: Hashable, Sendable { case open, discard, later }
  enum Message: Sendable {
    case read(Result<[StoredDraft], Problem>)
    case answered(StoredDraft, Answer)
    case found(StoredDraft, [any Screen]?)
    /// The pending edits of a place were saved or dropped.
    case settled(Place)
    case done(Problem?)
  }

  private let context: ConsoleContext
  private var waiting: [StoredDraft] = []

  init(context: ConsoleContext) { self.context = context }

  var title: String { "drafts" }
  var bindings: [KeyBinding<Message>] { [] }
  func draw(on frame: inout Frame<Message>) {}

  mutating func appear() -> Effect<Message> {
    guard context.administration.operating.user != nil else { return .none }
    return .run("reading drafts") { [context] in
      .read(Problem.catching { try context.administration.drafts() })
    }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .read(.success(let drafts)):
      waiting = drafts
      return offer()
    case .read(.failure(let problem)), .done(let problem?): return .toast(problem)
    case .answered(_, .later): return .none
    case .answered(let draft, .discard): return .batch(drop(draft.place), offer())
    case .answered(let draft, .open):
      return .run("reading") { [context] in .found(draft, Self.screens(of: draft, context)) }
    case .found(let draft, let screens): return open(draft, screens)
    case .settled(let place): return drop(place.rawValue)
    case .done(nil): return .none
    }
  }

  /// Offers the latest draft. The others are offered after it, or the next time.
  private mutating func offer() -> Effect<Message> {
    guard let draft = waiting.first else { return .none }
    waiting.removeFirst()
    let others = waiting.count
    return .open(
      QuestionDialog<Answer>(
        title: "Pending changes",
        text: "You left changes to \(draft.title) pending \(context.clock.told(draft.at)).",
        points: others == 0
          ? [] : [others == 1 ? "1 more page waits behind it" : "\(others) more pages wait behind it"],
        buttons: [
          Button(.open, "Open", isDefault: true), Button(.discard, "Discard", isDestructive: true),
          Button(.later, "Later"),
        ], focus: .open, escape: .later, opensByItself: true)
    ) { .answered(draft, $0) }
  }

  private func open(_ draft: StoredDraft, _ screens: [any Screen]?) -> Effect<Message> {
    guard let screens else {
      return .toast("\(draft.title): what was changed is gone, or can't be opened here", .warning)
    }
    return .batch([.closeToRoot] + screens.map { .open($0) })
  }

  private static func screens(of draft: StoredDraft, _ context: ConsoleContext) -> [any Screen]? {
    guard let pending = PendingEdits(document: draft.document) else { return nil }
    return Places.screens(to: Place(rawValue: draft.place), restoring: pending, context)
  }

  private func drop(_ place: String) -> Effect<Message> {
    .run("dropping the draft", awaited: false) { [context] in
      .done(Problem.catching { try context.administration.dropDraft(at: place) }.problem)
    }
  }
}
