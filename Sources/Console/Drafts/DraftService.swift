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
    case answered([StoredDraft], Answer)
    case found([StoredDraft], [any Screen]?)
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
    case .answered(let drafts, .discard): return .batch(drafts.map { drop($0.place) } + [offer()])
    case .answered(let drafts, .open):
      return .run("reading") { [context] in .found(drafts, Self.screens(of: drafts, context)) }
    case .found(let drafts, let screens): return open(drafts, screens)
    case .settled(let place): return drop(place.rawValue)
    case .done(nil): return .none
    }
  }

  /// Offers the latest draft, with those of the same editor. The others are offered after it, or the next time.
  private mutating func offer() -> Effect<Message> {
    guard let first = waiting.first else { return .none }
    let editor = Places.editor(of: Place(rawValue: first.place))
    let drafts = waiting.filter { Places.editor(of: Place(rawValue: $0.place)) == editor }
    waiting.removeAll(where: drafts.contains)
    let others = waiting.count
    let more = others == 1 ? "1 more page waits behind it" : "\(others) more pages wait behind it"
    return .open(
      QuestionDialog<Answer>(
        title: "Pending changes",
        text: "You left changes to \(first.title) pending \(context.clock.told(first.at)).",
        points: drafts.dropFirst().map { "and to \($0.title)" } + (others == 0 ? [] : [more]),
        buttons: [
          Button(.open, "Open", isDefault: true), Button(.discard, "Discard", isDestructive: true),
          Button(.later, "Later"),
        ], focus: .open, escape: .later, opensByItself: true)
    ) { .answered(drafts, $0) }
  }

  private func open(_ drafts: [StoredDraft], _ screens: [any Screen]?) -> Effect<Message> {
    guard let screens else {
      let titles = drafts.map(\.title).joined(separator: ", ")
      return .toast("\(titles): what was changed is gone, or can't be opened here", .warning)
    }
    return .batch([.closeToRoot] + screens.map { .open($0) })
  }

  private static func screens(of drafts: [StoredDraft], _ context: ConsoleContext) -> [any Screen]? {
    Places.screens(
      restoring: drafts.compactMap { draft in
        PendingEdits(document: draft.document).map { (Place(rawValue: draft.place), $0) }
      }, context)
  }

  private func drop(_ place: String) -> Effect<Message> {
    .run("dropping the draft", awaited: false) { [context] in
      .done(Problem.catching { try context.administration.dropDraft(at: place) }.problem)
    }
  }
}
