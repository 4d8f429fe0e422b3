import Access
import Administration
import Store
import Terminal

/// *Who may see this?*: teams, API users and users who were given a list.
struct ViewersScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<ViewerRow>.Message)
    case administrators(Result<Int, Problem>)
  }

  private let viewed: ViewedPlace
  private let context: ConsoleContext
  /// How many have the system role Administrator; nil before that is known.
  private var administrators: Result<Int, Problem>?
  var rows: LoadedList<ViewerRow>

  init(_ place: ViewedPlace, context: ConsoleContext) {
    viewed = place
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: [
          ListColumn("name", "Name", width: .flexible(least: 16, weight: 2)) {
            ListCell($0.viewer.holder.name.text)
          },
          ListColumn("kind", "Kind", width: .fixed(8)) {
            ListCell($0.viewer.holder.kind?.title ?? "team", .muted)
          },
          ListColumn("companies", "Companies", width: .flexible(least: 10, weight: 2), priority: 1) {
            ListCell($0.companyNames ?? "–")
          },
          ListColumn("members", "Members", width: .fixed(9), priority: 2, alignment: .right) {
            ListCell($0.viewer.holder.kind == nil ? $0.viewer.holder.memberCount.grouped : "")
          },
          ListColumn(
            "state", "", width: .flexible(least: 12, weight: 2), priority: 1,
            fitting: { $0.state(context.clock, columns: $1) }),
        ], emptyLine: "Nobody was given this list", isFilterable: false),
      source: .windows("reading who may see it", context) { reader, _, position, limit in
        try ViewerRow.page(reader, of: place, position, limit: limit, at: context.administration.now)
      })
  }

  var title: String { "Who may see \(viewed.name.text)" }
  var pageName: String? { "viewers" }
  var heading: [ListCell] { [ListCell(title, .bold), remark] }

  var actions: [KeyBinding<Message>] {
    [
      onRow(.enter, "w", hint: "why", help: "why it may see this") {
        .open(WhyScreen($0.request(for: viewed), context: context))
      },
      onRow("e", hint: "edit", help: "edit its security") { row in
        let holder = row.viewer.holder
        let target = EditorTarget(.grant(viewed.connector, .lists))
        return .open(context.editor(holder.grant.subject, holder.kind, at: target))
      },
    ]
  }

  mutating func appear() -> Effect<Message> {
    let count = Effect<Message>.run("counting", awaited: false) { [context] in
      .administrators(context.read { try $0.holders(of: .builtIn(.administrator)).total })
    }
    return .batch(reload(), count)
  }
  mutating func reappear() -> Effect<Message> { appear() }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .rows(let message): return follow(message)
    case .administrators(let count):
      administrators = count
      return .none
    }
  }

  /// Who is not listed, and sees it all the same.
  private var remark: ListCell {
    let members = "Members of a team see what it was given"
    switch administrators {
    case nil, .success(0): return ListCell(members, .muted)
    case .success(let count):
      return ListCell("\(members), and \(count) with the system role Administrator", .muted)
    case .failure(let problem):
      return ListCell(
        "✗ who is Administrator sees it, too, and can't be counted: \(problem.line)", Style(.danger))
    }
  }
}
