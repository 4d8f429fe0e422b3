import Access
import Administration
import Store

/// A widget whose address can be copied, with whether the token opens it now.
struct OfferedWidget: Sendable {
  let widget: Widget
  /// Whether the token opens the widget now; nil where this was not checked.
  let isOpened: Bool?

  var row: ChoiceDialog<WidgetID>.Row {
    guard isOpened == false else { return .init(widget.id, widget.name.text, detail: widget.address.text) }
    return .init(widget.id, widget.name.text, detail: "not opened by this token", isMuted: true)
  }
}

extension ConsoleContext {
  /// The most widgets that are checked before the person chooses one. The chosen widget is always checked
  /// before its address is copied.
  private static let mostJudgedWidgets = 1_000

  /// The widgets that the token could open. A limited token opens its own widgets and no others.
  func offeredWidgets(for token: Token) throws -> [OfferedWidget] {
    let limits = token.limits
    let isLimited = !limits.widgets.isEmpty || !limits.endpoints.isEmpty
    let (account, widgets) = try administration.read { (try $0.account(token.account), try $0.widgets()) }
    let offered = isLimited ? widgets.filter { limits.widgets.contains($0.id) } : widgets
    guard let account, offered.count <= Self.mostJudgedWidgets else {
      return offered.map { OfferedWidget(widget: $0, isOpened: nil) }
    }
    return try administration.check { checker in
      try offered.map { widget in
        let verdict = try checker.check(Self.request(token, of: account, for: widget))
        return OfferedWidget(widget: widget, isOpened: verdict.decision.isAllowed)
      }
    }
  }

  /// The request that checks whether the token opens a widget. The later source is not known, so an address
  /// from the token's networks stands for it: networks limit where a token is used, and not what it opens.
  static func request(_ token: Token, of account: Account, for widget: Widget) -> CheckRequest {
    CheckRequest(
      asker: .token(.id(token.id), of: AccountReference(account.kind, .id(account.id))),
      surface: .widget(.id(widget.id)), source: token.limits.networks.first?.base)
  }
}
