import Access
import Administration
import Store

/// A widget whose address can be copied, and whether the token opens it now.
struct OfferedWidget: Sendable {
  let widget: Widget
  /// Nil where that was not found out.
  let isOpened: Bool?

  var row: ChoiceDialog<WidgetID>.Row {
    guard isOpened == false else { return .init(widget.id, widget.name.text, detail: widget.address.text) }
    return .init(widget.id, widget.name.text, detail: "not opened by this token", isMuted: true)
  }
}

extension ConsoleContext {
  /// Of so many widgets it is found out whether the token opens them before one is chosen; of every one it is before
  /// its address is copied.
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

  /// From where the token will be used is not known: networks narrow that, and not what it opens.
  static func request(_ token: Token, of account: Account, for widget: Widget) -> CheckRequest {
    CheckRequest(
      asker: .token(.id(token.id), of: AccountReference(account.kind, .id(account.id))),
      surface: .widget(.id(widget.id)), source: token.limits.networks.first?.base)
  }
}
