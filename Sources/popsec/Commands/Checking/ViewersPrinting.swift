import Access
import Administration
import Store

/// A subject that may see a list.
struct ViewerRecord: Record {
  let viewer: Viewer
  let names: NameBook

  private var bounds: Bounds { viewer.holder.grant.permissions.bounds }

  private var companies: [String]? {
    viewer.companies.map { $0.map { names.companies[$0]?.text ?? $0.description } }
  }

  static let columns: [Column<Self>] = [
    // The value is `team`, `apiUser` or `user`.
    Column("kind", "Who", { $0.viewer.holder.kind?.rawValue ?? "team" }) {
      $0.viewer.holder.kind?.title ?? "team"
    },
    Column("name", "Name") { $0.viewer.holder.name.text },
    // The value is null on a connector without companies.
    Column("companies", "Companies", { $0.companies }) { $0.companies?.joined(separator: ", ") ?? "–" },
    .shown("Members") { $0.viewer.holder.kind == nil ? String($0.viewer.holder.memberCount) : "" },
    // The number of a team's members who see the list by the team.
    .dataIfAny("members") { $0.viewer.holder.kind == nil ? $0.viewer.holder.memberCount : nil },
    Column("enabled", "State", { $0.viewer.holder.isEnabled }) { record in
      guard record.viewer.holder.isEnabled else { return "disabled" }
      return record.viewer.isReachable ? "" : "no open surface leads there"
    },
    .dataIfAny("from") { $0.bounds.from?.printed },
    .dataIfAny("until") { $0.bounds.until?.printed },
    .shown("In force") { $0.bounds.words.joined(separator: " ") },
    // Whether a surface is open through which the subject can reach the list.
    .data("reachable") { $0.viewer.isReachable },
  ]
}

extension Session {
  /// Prints the subjects that may see a list, page by page.
  func tellViewers(of argument: String, on connector: String?, at instant: Timestamp) throws {
    let connector = try connector.map { name in try find { try $0.connector(name).id } }
    let name = try Name(argument: argument)
    let lists = try read { try AccessSource($0).lists(named: name, on: connector) }
    guard let viewed = lists.first else {
      throw AdministrationError.missing(kind: "list", name: excerpt(name.text))
    }
    guard lists.count == 1 else {
      let connectors = lists.map { quotedExcerpt($0.catalogue.connector.name.text) }
      throw Trouble(
        "several connectors have a list named \(quotedExcerpt(name.text)): "
          + connectors.joined(separator: ", "), hint: "give --connector", exitStatus: .usage)
    }
    try list { try viewerPages(viewed, at: instant, $0) }
    if isForPrograms { return }
    let administrators = try read { try $0.holders(of: .builtIn(.administrator)) }
    if administrators.total > 0 {
      try output.line("and all with the system role Administrator: \(administrators.total)")
    }
  }

  private func viewerPages(
    _ viewed: ViewedList, at instant: Timestamp, _ body: ([ViewerRecord]) throws -> Void
  ) throws {
    var paging = Paging(by: \Viewer.holder.cursor)
    var names: NameBook?
    while let viewers = try paging.next({ position in
      try read { reader in
        let source = AccessSource(reader)
        let page = try source.viewers(
          of: viewed.list.id, on: viewed.catalogue.id, position, limit: maximumPageRows,
          at: instant)
        names = source.names
        return page
      }
    }) {
      guard let names else { return }
      try body(viewers.filter(\.isGiving).map { ViewerRecord(viewer: $0, names: names) })
    }
  }
}
