import Access
import Administration
import Store

/// Who may see a list as JSON.
struct ViewerRecord: Encodable {
  /// `team`, `apiUser` or `user`.
  let kind: String
  let name: String
  /// Null on a connector that has none.
  let companies: Nullable<[String]>
  let enabled: Bool
  /// Whether a surface is open by which the list can be come to.
  let reachable: Bool
  /// Of a team: how many see the list by it.
  let members: Int?

  init(_ viewer: Viewer, _ names: NameBook) {
    kind = viewer.holder.kind?.rawValue ?? "team"
    name = viewer.holder.name.text
    companies = Nullable(viewer.companies.map { $0.map { names.companies[$0]?.text ?? $0.description } })
    enabled = viewer.holder.isEnabled
    reachable = viewer.isReachable
    members = viewer.holder.kind == nil ? viewer.holder.memberCount : nil
  }
}

extension Session {
  /// Prints who may see a list, page by page.
  func tellViewers(of argument: String, on connector: String?) throws {
    let connector = try connector.map { name in try find { try $0.connector(name).id } }
    let name = try Name(argument: argument)
    let lists = try read { try AccessSource($0).lists(named: name, on: connector) }
    guard let viewed = lists.first else {
      throw AdministrationError.missing(kind: "list", name: excerpt(name.text))
    }
    guard lists.count == 1 else {
      let connectors = lists.map { quotedExcerpt($0.connector.catalogue.connector.name.text) }
      throw Trouble(
        "several connectors have a list named \(quotedExcerpt(name.text)): "
          + connectors.joined(separator: ", "), hint: "give --connector", exitStatus: .usage)
    }
    if wantsJSON {
      return try output.jsonArray { emit in try viewerPages(viewed) { for record in $0 { try emit(record) } }
      }
    }
    var table = TextTable(self.output, "Who", "Name", "Companies", "Members", "State")
    try viewerPages(viewed) { try table.add($0.map(cells)) }
    let administrators = try read { try $0.holders(of: .builtIn(.administrator)) }
    if administrators.total > 0 {
      try output.line("and all with the system role Administrator: \(administrators.total)")
    }
  }

  private func viewerPages(_ viewed: ViewedList, _ body: ([ViewerRecord]) throws -> Void) throws {
    var position = PagePosition<GrantHolderCursor>.first
    while true {
      let (page, names) = try read { reader in
        let source = AccessSource(reader)
        let page = try source.viewers(
          of: viewed.list.id, on: viewed.connector.id, position, limit: maximumPageRows)
        return (page, source.names)
      }
      try body(page.rows.filter { $0.fails == nil }.map { ViewerRecord($0, names) })
      guard page.hasAfter, let last = page.rows.last else { return }
      position = .after(last.cursor)
    }
  }

  private func cells(_ record: ViewerRecord) -> [String] {
    let kind = record.kind == "apiUser" ? AccountKind.apiUser.title : record.kind
    let state = record.enabled ? (record.reachable ? "" : "no open surface leads there") : "disabled"
    return [
      kind, record.name, record.companies.value?.joined(separator: ", ") ?? "–",
      record.members.map(String.init) ?? "", state,
    ]
  }
}
