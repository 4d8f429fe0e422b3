import Access
import Administration
import Store

/// What the *Edit* screen shows for a law: what the law says, and what breaks it.
struct LawEditor: EditorSubject {
  let context: ConsoleContext
  private let edited: EditedLaw

  /// An editor of a law in the store.
  init(_ law: Law<AsWritten>, context: ConsoleContext) {
    self.context = context
    edited = EditedLaw(law.name, kind: LawKind(law.form))
  }

  /// An editor of a law that is added.
  init(adding kind: LawKind, context: ConsoleContext) {
    self.context = context
    edited = EditedLaw(nil, kind: kind)
  }

  var kindTitle: String { "new law" }
  var firstEntry: EditorEntryID { .general }
  func place(at entry: EditorEntryID) -> Place? { Places.law(edited.name, entry) }

  /// Nobody proposes a law: who is no Administrator is only shown it.
  func permission(toEdit entry: EditorEntryID) -> Permission { .securityRead }

  func outline() -> Result<EditorOutline, Problem> {
    let law = NavigationPane<EditorEntryID>.Entry.page(.general, "Law")
    guard let name = edited.name else {
      return .success(EditorOutline(name: kindTitle, entries: [law], folded: []))
    }
    return context.read { reader in
      let present = try reader.present(name)
      return EditorOutline(
        name: present.name.text, entries: [law, .page(.breaches, EditorEntryID.breaches.title)], folded: [])
    }
  }

  func page(_ target: EditorTarget) -> (any EditorPage)? {
    switch target.entry {
    case .general: return LawPage(source, edited, context)
    case .breaches:
      return edited.name.map { name in
        LawBreachesScreen(name, context: context)
      }
    default: return nil
    }
  }

  private var source: GeneralSource<LawDraft> {
    var source = GeneralSource(
      isEditable: context.administration.mayChangeLaws, fields: LawDraft.fields { [context] in context.clock }
    ) { [context, edited] in
      guard let name = edited.name else { return .success(LawDraft(edited.kind)) }
      return context.read { LawDraft(try $0.present(name)) }
    } save: { [edited] change, edit in
      try Self.save(edit, of: edited.name, change)
    }
    source.title = "Law"
    source.lists = LawChoices(context: context).lists
    source.shows = { $0.shows($1) }
    source.maximumCharacterCount = Self.mostCharacters
    return source
  }

  /// A part of a law may have very many names.
  private static let mostCharacters = 200_000

  private static func save(_ edit: Edit<LawDraft>, of name: Name?, _ change: Change) throws {
    let law = try edit.becomes.law()
    guard name != nil else { return try change.addLaw(law) }
    do { try change.changeLaw(Edit(was: try edit.was.law(), becomes: law)) } catch let conflict
      as EditConflict<Law<AsWritten>>
    {
      throw EditConflict(current: LawDraft(conflict.current), mine: edit.becomes)
    }
  }
}

extension EditorEntryID {
  static let breaches = EditorEntryID("breaches")
}

extension SecurityReader {
  /// Errors: ``Trouble`` where the law was removed, ``StoreError``.
  func present(_ name: Name) throws -> Law<AsWritten> {
    guard let law = try law(named: NameKey(name)) else {
      throw Trouble("this law was removed", hint: "Esc goes back to the list", exitStatus: .noInput)
    }
    return law
  }
}
