import Access
import Administration
import Store

/// The pages that accounts and teams share, with their part of the navigation pane.
struct SubjectPages: Sendable {
  let subject: SubjectID
  let context: ConsoleContext
  /// Looks up whether the pages can be edited, because the right may end while a page is open.
  private let mayEditNow: @Sendable () -> Bool

  init(
    subject: SubjectID, context: ConsoleContext, mayEdit: @autoclosure @escaping @Sendable () -> Bool
  ) {
    self.subject = subject
    self.context = context
    mayEditNow = mayEdit
  }

  private var mayEdit: Bool { mayEditNow() }

  func page(_ target: EditorTarget) -> (any EditorPage)? {
    let entry = target.entry
    if entry == .roles {
      return ChecklistPage(systemRoles, context, mending: target.mending)
    }
    if entry == .effective { return EffectivePage(of: subject, context: context) }
    if let connector = entry.inForce {
      return GeneralPage(
        .inForce(of: subject, on: connector, context: context, isEditable: mayEdit), context)
    }
    guard let (connector, page) = entry.grant else { return nil }
    return GrantPages(
      subject: subject, connector: connector, context: context, pendingLists: target.pendingLists,
      isEditable: mayEdit
    ).page(page, mending: target.mending)
  }

  private var systemRoles: ChecklistSource<SystemRole> {
    ChecklistSource(title: EditorEntryID.roles.title, isEditable: mayEdit) {
      context.read { reader in
        let builtIn = BuiltInRole.allCases.map {
          CheckList.Item(SystemRole.builtIn($0), $0.rawValue, detail: $0.meaning, group: "Built in")
        }
        let custom = try reader.customRoles().map {
          CheckList.Item(SystemRole.custom($0.id), $0.name.text, detail: $0.summary.text, group: "Custom")
        }
        return ChecklistSource.Content(
          items: builtIn + custom, held: try reader.roles(of: subject),
          explanation: "System roles open an area; they give no data.", emptyText: "")
      }
    } saveBounded: { change, edit in
      try change.saveRoles(of: subject, bounded: edit)
    }
  }

  /// The heading *Connectors*, and below it each connector with its pages.
  func connectorEntries(_ reader: any SecurityReader) throws -> (
    entries: [NavigationPane<EditorEntryID>.Entry], folded: Set<EditorEntryID>
  ) {
    let grants = Dictionary(
      try reader.grants(of: subject).map { ($0.connector, $0.permissions) },
      uniquingKeysWith: { first, _ in first })
    let connectors = try reader.connectors()
    let clock = context.clock
    var entries = [NavigationPane<EditorEntryID>.Entry.heading("Connectors")]
    for connector in connectors {
      let permissions = grants[connector.id] ?? .none
      let branch = EditorEntryID.connector(connector.id)
      let word = clock.word(permissions.bounds)
      let state = permissions.isEmpty ? "" : word.isEmpty || word == "begun" ? "given" : word
      entries.append(.branch(branch, connector.name.text, count: state))
      entries += GrantPage.allCases.map {
        .page(.grant(connector.id, $0), $0.field.label, level: 1, count: permissions.count(on: $0))
      }
      entries.append(.page(.inForce(connector.id), GrantBoundsWords.title, level: 1, count: word))
    }
    // Connectors without a grant are folded, unless there is only one connector.
    let empty = connectors.filter { grants[$0.id] == nil }.map { EditorEntryID.connector($0.id) }
    return (entries, connectors.count == 1 ? [] : Set(empty))
  }
}

extension Permissions {
  /// The number of values that are set on a page, as the navigation pane shows it.
  fileprivate func count(on page: GrantPage) -> String {
    let words = page.field.words(self, NameBook())
    return words == ["all"] ? "all" : words.isEmpty ? "" : String(words.count)
  }
}
