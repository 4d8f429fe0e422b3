import Access
import Administration
import Store
import Terminal

extension Widget: Identifiable {}

/// Security → Widgets: a page for people who work with widgets, even if they may not see users.
struct WidgetsScreen: ListScreen {
  typealias Message = LoadedList<Numbered<Widget>>.Message

  let title = "Widgets"
  var place: Place? { Places.widgets }
  private let context: ConsoleContext
  var rows: LoadedList<Numbered<Widget>>

  /// - Parameter start: the widget on which the list begins; nil for the first one.
  init(context: ConsoleContext, at start: WidgetID? = nil) {
    self.context = context
    rows = LoadedList(
      WindowedList(
        columns: [
          ListColumn("name", "Name", width: .flexible(least: 16, weight: 2)) { ListCell($0.name.text) },
          ListColumn("state", "State", width: .fixed(8)) { .state(isEnabled: $0.isEnabled) },
          ListColumn("open", "Token", width: .fixed(8)) {
            $0.isOpen ? ListCell("none!", Style(.warning, .bold)) : ListCell("asked")
          },
          ListColumn("address", "Address", width: .flexible(least: 16, weight: 3), priority: 1) {
            ListCell($0.address.text)
          },
        ], emptyLine: "The catalogue has no widgets"),
      source: .asked("reading widgets", .widgets, start: start, names: context.catalogueNamesBeginning) {
        written in
        let widgets = try context.administration.widgets()
        guard !written.isEmpty else { return widgets }
        let conditions = try context.administration.read(.widgets) {
          try ConditionFinder(catalogue: $0, now: context.now).all(written)
        }
        return widgets.filter { conditions.hold(for: $0) }
      })
  }

  var actions: [KeyBinding<Message>] {
    let adding =
      context.obstacle(.widgetsAddToken, .tokensManage)
      ?? context.administration.sealProblem.map { Problem($0).line }
    let (isEnabled, isOpen) = (rows.selected?.isEnabled ?? true, rows.selected?.isOpen ?? false)
    return [
      onRow("a", .enter, hint: "add token", help: "add a token for this widget", unless: adding) {
        .ask(WidgetTokenDialog($0.value, context: context)) { added in
          let what = "\(quotedName(added.token)) added to \(quotedName(added.user))"
          return .toast("\(what); it opens this widget alone", .good)
        }
      }
    ]
      + [
        onRow("r", hint: "rename", help: "rename the widget", does: rename),
        onRow(
          "d", hint: isEnabled ? "disable" : "enable ",
          help: isEnabled ? "disable the widget: nobody sees it" : "enable the widget", does: toggleEnabled
        ).named("disable"),
        onRow(
          "o", hint: isOpen ? "ask for a token" : "open",
          help: isOpen ? "ask for a token again" : "show it without a token, to anybody", does: toggleOpen
        ).named("open"),
      ].unless(context.obstacle(.widgetsManage, .catalogueManage))
  }

  private func rename(_ row: Numbered<Widget>) -> Effect<Message> {
    context.rename(row.name, "widget") { change, name in
      try edit(row.value, said: "renamed") { $0.name = name }.change(change)
    }
  }

  private func toggleEnabled(_ row: Numbered<Widget>) -> Effect<Message> {
    let name = quotedName(row.name)
    let deed = edit(row.value, said: "\(name) \(row.isEnabled ? "disabled" : "enabled")") {
      $0.isEnabled.toggle()
    }
    guard row.isEnabled else { return context.carryOut(deed) }
    return context.confirm(
      "Disable widget", "Disable \(name)?",
      points: ["its tokens open it no more until it is enabled again"], action: "Disable", before: deed)
  }

  private func toggleOpen(_ row: Numbered<Widget>) -> Effect<Message> {
    let name = quotedName(row.name)
    let said = row.isOpen ? "a token is asked for again" : "\(name) is shown without a token"
    let deed = edit(row.value, said: said) { $0.isOpen.toggle() }
    guard !row.isOpen else { return context.carryOut(deed) }
    return context.confirm(
      "Open widget", "Open \(name)?",
      points: ["anybody who knows its address sees it, without a token"], action: "Open", before: deed)
  }

  private func edit(_ widget: Widget, said: String, _ change: (inout WidgetGeneral) -> Void) -> Deed {
    let was = WidgetGeneral(widget)
    var becomes = was
    change(&becomes)
    return Deed(said: said) { [becomes] in
      try $0.saveGeneral(widget.id, Edit(was: was, becomes: becomes))
    }
  }
}
