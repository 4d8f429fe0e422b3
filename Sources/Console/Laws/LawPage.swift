import Access
import Administration
import Store
import Terminal

/// The page of a law: its fields, and below them what breaks the law now, as it is written. The page looks again after each
/// change, in the background.
struct LawPage: EditorPage {
  enum Message: Sendable {
    case general(GeneralPage<LawDraft>.Message)
    case look
    case looked(Law<AsWritten>, Result<LawLook, Problem>)
    /// The law is to report only.
    case watch
  }

  /// The most breaches that are looked for while the law is written.
  private static let mostBreaches = 5
  private static let lookMilliseconds = 2_000
  /// The time without a change after which the page looks.
  private static let pauseMilliseconds = 300

  private var general: GeneralPage<LawDraft>
  private let edited: EditedLaw
  private let looking: LawLooking
  private var look: (law: Law<AsWritten>, found: Result<LawLook, Problem>)?

  init(_ source: GeneralSource<LawDraft>, _ edited: EditedLaw, _ context: ConsoleContext) {
    general = GeneralPage(source, context)
    self.edited = edited
    looking = LawLooking(context)
  }

  var title: String { general.title }
  var hasPendingChanges: Bool { general.hasPendingChanges }
  var pending: PendingEdits? { general.pending }
  mutating func restore(_ pending: PendingEdits) { general.restore(pending) }

  var bindings: [KeyBinding<Message>] { general.bindings.map { $0.map { .general($0) } } }
  func typed(_ input: TextInput) -> Message? { general.typed(input).map { .general($0) } }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    general.layout(in: areas(of: bounds).form).map { .general($0) }
  }
  mutating func appear() -> Effect<Message> { general.appear().map { .general($0) } }
  mutating func reappear() -> Effect<Message> {
    .batch(general.reappear().map { .general($0) }, .send(.look))
  }
  mutating func discard() -> Effect<Message> {
    .batch(general.discard().map { .general($0) }, .send(.look))
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .general(let message): return follow(message)
    case .look: return lookNow()
    case .looked(let law, let found):
      look = (law, found)
      return .none
    case .watch:
      general.change { $0.isWatching = true }
      return .none
    }
  }

  private mutating func follow(_ message: GeneralPage<LawDraft>.Message) -> Effect<Message> {
    let before = general.draft
    let effect = general.update(message).map { Message.general($0) }
    if case .saved(let draft) = message, let name = draft.name { edited.saved(as: name) }
    guard general.draft != before else { return effect }
    looking.end()
    return .batch(
      effect, .cancel("look"),
      before == nil ? .send(.look) : .after(milliseconds: Self.pauseMilliseconds, key: "pause", .look))
  }

  private func lookNow() -> Effect<Message> {
    guard case .success(let law)? = asked else { return .none }
    let look = looking.begin(most: Self.mostBreaches, milliseconds: Self.lookMilliseconds)
    return .run("looking who breaks the law", cancelling: "look", awaited: false) { .looked(law, look(law)) }
  }

  /// The law as it is written now; nil before it was read. A law that only lacks its name can be looked at already.
  private var asked: Result<Law<AsWritten>, Problem>? {
    guard let draft = general.draft else { return nil }
    if general.hasComplaint { return .failure(Problem("correct what is marked first")) }
    do throws(Problem) {
      guard let unnamed = try? Name("new law") else { return .success(try draft.law()) }
      return .success(try draft.named(unnamed).law())
    } catch { return .failure(error) }
  }

  // MARK: Saving

  var saving: Result<PageSaving<Message>, Problem>? {
    guard let saving = general.saving else { return nil }
    do throws(Problem) {
      let law = try draftToSave()
      var part = try saving.get().map { Message.general($0) }
      if law.mode == .enforce { part.otherWay = { Self.watching($0, law.name) } }
      return .success(part)
    } catch { return .failure(error) }
  }

  private func draftToSave() throws(Problem) -> Law<AsWritten> {
    guard let law = try general.draft?.law() else { throw Problem("the law was not read yet") }
    guard let name = edited.name, NameKey(name) != NameKey(law.name) else { return law }
    throw Problem(
      "the law \(quotedName(name)) keeps its name", hint: "add a law of the other name, and remove this one")
  }

  /// A law that is broken now can be kept, where the law only reports.
  private static func watching(_ error: any Error, _ name: Name) -> OtherWay<Message>? {
    guard case LawTrouble.isBroken(let consequence)? = error as? LawTrouble,
      NameKey(consequence.law.name) == NameKey(name)
    else { return nil }
    return OtherWay(
      question: "Broken now",
      text: "\(consequence.counterexample). An enforced law must hold when it is "
        + "saved. Should it only report until it holds?", action: "Watch only", taken: .watch)
  }

  // MARK: Drawing

  /// What breaks the law stands right below the form, and has some rows in any case.
  private func areas(of bounds: Rect) -> (form: Rect, now: Rect) {
    let least = max(3, min(8, bounds.rows / 3))
    let wanted = general.rowCount(columns: bounds.columns)
    let (form, rest) = bounds.splitTop(min(wanted, bounds.rows - least))
    return (form, rest.splitTop(1).rest)
  }

  func draw(on frame: inout Frame<Message>) {
    let areas = areas(of: frame.bounds)
    frame.child(areas.form, { .general($0) }) { general.draw(on: &$0) }
    frame.putLines(lines(columns: areas.now.columns), in: areas.now)
  }

  /// What the law says, and what breaks it now.
  private func lines(columns: Int) -> [ListCell] {
    switch asked {
    case nil: return []
    case .failure(let problem):
      return wrap("No law yet: \(problem.line)", columns: columns).map { ListCell($0, .muted) }
    case .success(let law):
      let standing = LawStandingText(
        look: look.flatMap { $0.law == law ? $0.found : nil }, isWatching: law.mode == .watch)
      return [standing.line] + [standing.unknown].compactMap { $0 }
        + standing.counterexamples(columns: columns)
        + wrap(LawWords(law).rule, columns: columns).map { ListCell($0, .muted) }
    }
  }
}
