import Access
import Administration
import Store
import Terminal

/// A widget in the list.
struct WidgetRow: ListRow {
  let widget: Widget
  let cursor: Int
  var id: WidgetID { widget.id }
}

/// Security → Widgets: for those who work with widgets, whether or not they may see users.
struct WidgetsScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<WidgetRow>.Message)
    case addToken, rename, toggleEnabled, toggleOpen
    case tokenAdded(Name, user: Name)
    case renamed(Name)
    case confirmed(Widget, WidgetGeneral, String, Confirmation)
    case done(String, Problem?)
  }

  private let context: ConsoleContext
  var rows: LoadedList<WidgetRow>

  init(context: ConsoleContext) {
    self.context = context
    let list = WindowedList<WidgetRow>(
      columns: [
        ListColumn("name", "Name", width: .flexible(least: 16, weight: 2)) { ListCell($0.widget.name.text) },
        ListColumn("state", "State", width: .fixed(8)) {
          $0.widget.isEnabled ? ListCell("enabled", Style(.good)) : ListCell("disabled", Style(.warning))
        },
        ListColumn("open", "Token", width: .fixed(8)) {
          $0.widget.isOpen ? ListCell("none!", Style(.warning, .bold)) : ListCell("asked", .muted)
        },
        ListColumn("address", "Address", width: .flexible(least: 16, weight: 3), priority: 1) {
          ListCell($0.widget.address.text, .muted)
        },
      ], emptyLine: "The catalogue has no widgets")
    rows = LoadedList(
      list,
      source: LoadedList.Source("reading widgets") { request in
        Problem.catching {
          let search = SearchText(request.filter)
          let widgets = try context.administration.widgets().filter { search?.matches($0.name.text) ?? true }
          return request.page(
            of: widgets.enumerated().map { WidgetRow(widget: $0.element, cursor: $0.offset) })
        }
      })
  }

  var title: String { "Widgets" }
  var place: Place? { Places.widgets }

  private var mayAdd: Bool { context.may(.widgetsAddToken) || context.may(.tokensManage) }
  private var mayEdit: Bool { context.may(.widgetsManage) || context.may(.catalogueManage) }

  var bindings: [KeyBinding<Message>] {
    (rows.list.isTyping ? [] : actions) + listBindings
  }

  private var actions: [KeyBinding<Message>] {
    guard let widget = rows.selected?.widget else { return [] }
    var bindings: [KeyBinding<Message>] = []
    if mayAdd, context.administration.sealProblem == nil {
      bindings.append(
        KeyBinding("a", .enter, hint: "add token", help: "add a token for this widget", message: .addToken))
    }
    guard mayEdit else { return bindings }
    return bindings + [
      KeyBinding("r", hint: "rename", help: "rename the widget", message: .rename),
      KeyBinding(
        "d", hint: widget.isEnabled ? "disable" : "enable",
        help: widget.isEnabled ? "disable the widget: nobody sees it" : "enable the widget",
        message: .toggleEnabled),
      KeyBinding(
        "o", hint: widget.isOpen ? "ask for a token" : "open",
        help: widget.isOpen ? "ask for a token again" : "show it without a token, to anybody",
        isDestructive: !widget.isOpen, message: .toggleOpen),
    ]
  }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message): return rows.update(message) { Message.rows($0) }.effect
    case .addToken:
      guard let widget = rows.selected?.widget else { return .none }
      return .open(WidgetTokenDialog(widget, context: context)) { .tokenAdded($0.token, user: $0.user) }
    case .tokenAdded(let token, let user):
      return .toast("\(quotedName(token)) added to \(quotedName(user)); it opens this widget alone", .good)
    case .rename: return rename()
    case .renamed(let name): return .toast("renamed to \(quotedName(name))", .good)
    case .toggleEnabled: return toggleEnabled()
    case .toggleOpen: return toggleOpen()
    case .confirmed(let widget, let becomes, let said, .confirm): return save(widget, becomes, said)
    case .confirmed(_, _, _, .cancel): return .none
    case .done(let text, nil): return .batch(.toast(text, .good), reload())
    case .done(_, let problem?): return .batch(.toast(problem), reload())
    }
  }

  private func rename() -> Effect<Self> {
    guard let widget = rows.selected?.widget else { return .none }
    return .open(
      NameDialog.renaming(widget.name, title: "Rename widget") { [context] name in
        var becomes = WidgetGeneral(widget)
        becomes.name = name
        return context.change {
          try $0.saveGeneral(widget.id, Edit(was: WidgetGeneral(widget), becomes: becomes))
        }.problem
      }
    ) { .renamed($0) }
  }

  private func toggleEnabled() -> Effect<Self> {
    guard let widget = rows.selected?.widget else { return .none }
    var becomes = WidgetGeneral(widget)
    becomes.isEnabled.toggle()
    let said = "\(quotedName(widget.name)) \(becomes.isEnabled ? "enabled" : "disabled")"
    guard widget.isEnabled else { return save(widget, becomes, said) }
    return ask(widget, becomes, said, "Disable", ["its tokens open it no more until it is enabled again"])
  }

  private func toggleOpen() -> Effect<Self> {
    guard let widget = rows.selected?.widget else { return .none }
    var becomes = WidgetGeneral(widget)
    becomes.isOpen.toggle()
    guard becomes.isOpen else { return save(widget, becomes, "a token is asked for again") }
    return ask(
      widget, becomes, "\(quotedName(widget.name)) is shown without a token", "Open",
      ["anybody who knows its address sees it, without a token"])
  }

  private func ask(
    _ widget: Widget, _ becomes: WidgetGeneral, _ said: String, _ action: String, _ points: [String]
  ) -> Effect<Self> {
    .open(
      ConfirmDialog.destructive(
        title: "\(action) widget", text: "\(action) \(quotedName(widget.name))?", points: points,
        action: action)
    ) { .confirmed(widget, becomes, said, $0) }
  }

  private func save(_ widget: Widget, _ becomes: WidgetGeneral, _ said: String) -> Effect<Self> {
    .run("saving") { [context] in
      .done(
        said,
        context.change {
          try $0.saveGeneral(widget.id, Edit(was: WidgetGeneral(widget), becomes: becomes))
        }.problem)
    }
  }
}
