import Access
import Administration

/// The content and the actions of a page with rows to tick.
struct ChecklistSource<ID: Hashable & Sendable>: Sendable {
  struct Content: Sendable {
    let items: [CheckList<ID>.Item]
    let choice: CheckList<ID>.Choice
    /// The text above the rows.
    let explanation: String
    /// The text in place of the rows, where there are none.
    let emptyText: String
    /// The heading, where it says more than the title of the page.
    var heading: String? = nil
    /// The text about given things that can't be ticked any more; nil where there are none.
    var remark: String? = nil

    init(items: [CheckList<ID>.Item], value: Coverage<ID>, explanation: String, emptyText: String) {
      self.init(
        items: items, choice: CheckList.Choice(value), explanation: explanation, emptyText: emptyText)
    }

    init(items: [CheckList<ID>.Item], held: BoundedSet<ID>, explanation: String, emptyText: String) {
      self.init(
        items: items, choice: CheckList.Choice(held: held), explanation: explanation, emptyText: emptyText)
    }

    private init(
      items: [CheckList<ID>.Item], choice: CheckList<ID>.Choice, explanation: String, emptyText: String
    ) {
      self.items = items
      self.choice = choice
      self.explanation = explanation
      self.emptyText = emptyText
    }
  }

  let title: String
  /// The label of the choice of all; nil where the page has no such choice.
  let allLabel: String?
  /// Whether a person may say from when and until when each row counts.
  let isBounded: Bool
  private let mayEdit: @Sendable () -> Bool
  let load: @Sendable () -> Result<Content, Problem>
  /// Saves the edit as a part of a change, which is either carried out or rehearsed.
  let save: @Sendable (Change, Edit<CheckList<ID>.Choice>) throws -> Void
  /// The further consequences of a change, which the person sees before saving.
  let consequences: @Sendable (_ was: Coverage<ID>, _ becomes: Coverage<ID>) -> Result<[String], Problem>

  /// A page whose rows have no bounds.
  init(
    title: String, allLabel: String? = nil, isEditable: @autoclosure @escaping @Sendable () -> Bool,
    load: @escaping @Sendable () -> Result<Content, Problem>,
    save: @escaping @Sendable (Change, Edit<Coverage<ID>>) throws -> Void,
    consequences: @escaping @Sendable (Coverage<ID>, Coverage<ID>) -> Result<[String], Problem> = { _, _ in
      .success([])
    }
  ) {
    self.title = title
    self.allLabel = allLabel
    isBounded = false
    mayEdit = isEditable
    self.load = load
    self.save = { change, edit in
      do {
        try save(change, Edit(was: edit.was.coverage, becomes: edit.becomes.coverage))
      } catch let conflict as EditConflict<Coverage<ID>> {
        throw EditConflict(current: CheckList.Choice(conflict.current), mine: edit.becomes)
      }
    }
    self.consequences = consequences
  }

  /// A page whose rows have bounds.
  init(
    title: String, isEditable: @autoclosure @escaping @Sendable () -> Bool,
    load: @escaping @Sendable () -> Result<Content, Problem>,
    saveBounded save: @escaping @Sendable (Change, Edit<BoundedSet<ID>>) throws -> Void
  ) {
    self.title = title
    allLabel = nil
    isBounded = true
    mayEdit = isEditable
    self.load = load
    self.save = { change, edit in
      do {
        try save(change, Edit(was: edit.was.held, becomes: edit.becomes.held))
      } catch let conflict as EditConflict<BoundedSet<ID>> {
        throw EditConflict(current: CheckList.Choice(held: conflict.current), mine: edit.becomes)
      }
    }
    consequences = { _, _ in .success([]) }
  }

  /// Whether the page can be edited. The right is looked up each time, because it may end while the page is
  /// open.
  var isEditable: Bool { mayEdit() }
}
