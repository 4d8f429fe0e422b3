import Access
import Administration

/// The content and the actions of a page with rows to tick.
struct ChecklistSource<ID: Hashable & Sendable>: Sendable {
  struct Content: Sendable {
    let items: [CheckList<ID>.Item]
    let value: Coverage<ID>
    /// The text above the rows.
    let explanation: String
    /// The text in place of the rows, where there are none.
    let emptyText: String
    /// The text about given things that can't be ticked any more; nil where there are none.
    var remark: String? = nil
  }

  let title: String
  /// The label of the choice of all; nil where the page has no such choice.
  let allLabel: String?
  let isEditable: Bool
  let load: @Sendable () -> Result<Content, Problem>
  /// Saves the edit with the given administration, which either carries it out or rehearses it.
  let save: @Sendable (Administration, Edit<Coverage<ID>>) throws -> Void
  /// The further consequences of a change, which the person sees before saving.
  let consequences: @Sendable (_ was: Coverage<ID>, _ becomes: Coverage<ID>) -> Result<[String], Problem>

  init(
    title: String, allLabel: String? = nil, isEditable: Bool,
    load: @escaping @Sendable () -> Result<Content, Problem>,
    save: @escaping @Sendable (Administration, Edit<Coverage<ID>>) throws -> Void,
    consequences: @escaping @Sendable (Coverage<ID>, Coverage<ID>) -> Result<[String], Problem> = { _, _ in
      .success([])
    }
  ) {
    self.title = title
    self.allLabel = allLabel
    self.isEditable = isEditable
    self.load = load
    self.save = save
    self.consequences = consequences
  }
}
