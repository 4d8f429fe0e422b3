import Access
import Administration
import Store

/// The pages under *Connectors*: what one subject was given on one connector.
struct GrantPages: Sendable {
  let subject: SubjectID
  let connector: ConnectorID
  let context: ConsoleContext
  /// The lists that are chosen on the page *Lists* and not saved yet; nil where nothing is pending there.
  private let pendingLists: Coverage<ListID>?
  private let mayEdit: @Sendable () -> Bool

  init(
    subject: SubjectID, connector: ConnectorID, context: ConsoleContext,
    pendingLists: Coverage<ListID>? = nil,
    isEditable: @autoclosure @escaping @Sendable () -> Bool
  ) {
    self.subject = subject
    self.connector = connector
    self.context = context
    self.pendingLists = pendingLists
    mayEdit = isEditable
  }

  private var isEditable: Bool { mayEdit() }

  func page(_ page: GrantPage, mending: Addition?) -> any EditorPage {
    switch page {
    case .roles: ChecklistPage(roles, context, mending: mending)
    case .companies: ChecklistPage(companies, context, mending: mending)
    case .lists: ChecklistPage(lists, context, mending: mending)
    case .items(let kind): ChecklistPage(items(kind), context, mending: mending)
    }
  }

  private static let giveLater = "All, those added to the catalogue later too"

  private var roles: ChecklistSource<ConnectorRole> {
    source(.roles, \.coveredRoles) { name, permissions, _ in
      ChecklistSource.Content(
        items: ConnectorRole.allCases.map { CheckList.Item($0, $0.rawValue, detail: $0.meaning) },
        value: permissions.coveredRoles,
        explanation: "What it may do in \(name). Only User and Administrator give data.", emptyText: "")
    }
  }

  private var companies: ChecklistSource<CompanyID> {
    source(.companies, \.companies, allLabel: Self.giveLater) { name, permissions, reader in
      ChecklistSource.Content(
        items: try reader.companies(of: connector).map { CheckList.Item($0.id, $0.name.text) },
        value: permissions.companies, explanation: "The companies of \(name) that it may see.",
        emptyText: "\(name) has no companies; nothing needs to be chosen here.")
    }
  }

  private var lists: ChecklistSource<ListID> {
    source(.lists, \.lists, allLabel: Self.giveLater) { name, permissions, reader in
      ChecklistSource.Content(
        items: try reader.lists(of: connector).map {
          CheckList.Item($0.id, $0.name.text, group: $0.group?.text ?? "Without a group")
        },
        value: permissions.lists, explanation: "The lists of \(name) that it may see, by group.",
        emptyText: "\(name) has no lists in the catalogue.")
    } consequences: { _, becomes in
      context.read { try itemsLost(keeping: becomes, $0) }
    }
  }

  private func items(_ kind: ItemKind) -> ChecklistSource<ListItem> {
    source(.items(kind), \.[kind], allLabel: "All of the granted lists, those added later too") {
      name, permissions, reader in
      let lists = Dictionary(
        try reader.lists(of: connector).map { ($0.id, $0.name.text) }, uniquingKeysWith: { first, _ in first }
      )
      // The pending lists are saved before the items, and take the items of lists along that are unticked.
      var given = permissions
      if let pendingLists { given.lists = pendingLists }
      let offered = try reader.items(of: connector).filter {
        $0.kind == kind && given.lists.covers($0.list)
      }
      return ChecklistSource.Content(
        items: offered.map {
          CheckList.Item(ListItem(list: $0.list, item: $0.id), $0.name.text, group: lists[$0.list] ?? "")
        },
        value: given[kind], explanation: "\(kind.title) of the lists that were given.",
        emptyText: given.lists.isNone
          ? "No list is given yet: add some on the page Lists."
          : "The lists that were given have no \(kind.title.lowercased()).")
    }
  }

  /// - Parameter part: the part of the grant that the page edits.
  private func source<ID>(
    _ page: GrantPage, _ part: FieldPath<Permissions, Coverage<ID>>, allLabel: String? = nil,
    content:
      @escaping @Sendable (String, Permissions, any SecurityReader) throws ->
      ChecklistSource<ID>.Content,
    consequences: @escaping @Sendable (Coverage<ID>, Coverage<ID>) -> Result<[String], Problem> = { _, _ in
      .success([])
    }
  ) -> ChecklistSource<ID> {
    ChecklistSource(title: page.field.label, allLabel: allLabel, isEditable: isEditable) {
      load(page, content)
    } save: {
      try save(page, $0, $1, part)
    } consequences: {
      consequences($0, $1)
    }
  }

  private func load<ID>(
    _ page: GrantPage,
    _ make: (_ connector: String, Permissions, any SecurityReader) throws -> ChecklistSource<ID>.Content
  ) -> Result<ChecklistSource<ID>.Content, Problem> {
    context.read { reader in
      guard let name = try reader.connector(connector)?.name.text else {
        throw Trouble("this connector has left the catalogue", exitStatus: .noInput)
      }
      var content = try make(name, try reader.grant(of: subject, on: connector)?.permissions ?? .none, reader)
      content.remark = try remark(page, reader)
      if page == .roles { content.heading = "\(page.field.label) in \(name)" }
      return content
    }
  }

  /// The text about those parts of the grant on this page that have left the catalogue; nil where there are
  /// none.
  private func remark(_ page: GrantPage, _ reader: any SecurityReader) throws -> String? {
    let parts = try reader.danglingParts(of: subject, on: connector).filter { $0.page == page }
    guard !parts.isEmpty else { return nil }
    let names = parts.prefix(10).map(\.title).joined(separator: ", ")
    let more = parts.count > 10 ? " and \(parts.count - 10) more" : ""
    return "Left the catalogue: \(names)\(more). Kept, gives nothing, and comes back with it."
  }

  /// Saves one field of the grant. A conflict is thrown with the values of this field.
  private func save<ID>(
    _ page: GrantPage, _ change: Change, _ edit: Edit<Coverage<ID>>,
    _ part: FieldPath<Permissions, Coverage<ID>>
  ) throws {
    var was = Permissions.none
    // Items are only valid where their lists are covered, so all lists are covered here. Only the page's own
    // field is compared.
    if case .items = page { was.lists = .all }
    var becomes = was
    was[keyPath: part] = edit.was
    becomes[keyPath: part] = edit.becomes
    do {
      try change.saveGrant(of: subject, on: connector, page, Edit(was: was, becomes: becomes))
    } catch let conflict as EditConflict<Permissions> {
      throw EditConflict(current: conflict.current[keyPath: part], mine: edit.becomes)
    }
  }

  /// The items that are lost when only these lists stay, in words.
  private func itemsLost(keeping lists: Coverage<ListID>, _ reader: any SecurityReader) throws -> [String] {
    guard let grant = try reader.grant(of: subject, on: connector) else { return [] }
    let lost = grant.permissions.itemsLost(keeping: lists)
    guard !lost.isEmpty else { return [] }
    let items = Dictionary(
      try reader.items(of: connector).map { ($0.id, $0.name.text) }, uniquingKeysWith: { first, _ in first })
    let names = Dictionary(
      try reader.lists(of: connector).map { ($0.id, $0.name.text) }, uniquingKeysWith: { first, _ in first })
    return ItemKind.allCases.flatMap { kind in
      (lost[kind] ?? []).map { "\(names[$0.list] ?? ""): \(kind.singular) \(quoted(items[$0.item] ?? ""))" }
        .sorted()
    }
  }
}

extension Permissions {
  /// The connector roles in the form that a page with rows to tick needs.
  fileprivate var coveredRoles: Coverage<ConnectorRole> {
    get { .only(roles) }
    set { roles = newValue.only ?? [] }
  }
}

extension DanglingPart {
  /// The page on which the part was given.
  fileprivate var page: GrantPage {
    switch kind {
    case .company: .companies
    case .list: .lists
    case .item(let kind): .items(kind)
    }
  }

  fileprivate var title: String { list.map { "\($0.text): \(name.text)" } ?? name.text }
}
