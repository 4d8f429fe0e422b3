import Access
import Administration

/// What a page with rows to tick is about.
struct ChecklistSource<ID: Hashable & Sendable>: Sendable {
  struct Content: Sendable {
    let items: [CheckList<ID>.Item]
    let value: Coverage<ID>
    /// Said above the rows.
    let explanation: String
    /// Said where there are no rows.
    let emptyText: String
    /// What has been given and is not there to be ticked; nil for nothing.
    var remark: String? = nil
  }

  let title: String
  /// The words of the choice of all; nil where there is none.
  let allLabel: String?
  let isEditable: Bool
  let load: @Sendable () -> Result<Content, Problem>
  /// Carries it out, or rehearses it, by the use cases that it is given.
  let save: @Sendable (Administration, Edit<Coverage<ID>>) throws -> Void
  /// What goes along with a change, said before it is saved.
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
