package import Access
private import Store

/// The fields that a widget's page edits.
package struct WidgetGeneral: Hashable, Sendable {
  package var name: Name
  package var isEnabled: Bool
  /// Whether the widget is shown without a token.
  package var isOpen: Bool

  package init(name: Name, isEnabled: Bool, isOpen: Bool) {
    self.name = name
    self.isEnabled = isEnabled
    self.isOpen = isOpen
  }

  package init(_ widget: Widget) {
    self.init(name: widget.name, isEnabled: widget.isEnabled, isOpen: widget.isOpen)
  }
}

extension Widget {
  /// The same widget with what its page has of it.
  func with(_ general: WidgetGeneral) -> Widget {
    var widget = self
    (widget.name, widget.isEnabled, widget.isOpen) = (general.name, general.isEnabled, general.isOpen)
    return widget
  }
}

extension Administration {
  /// The widgets, ordered by name, for operators who work with widgets and need not see users.
  package func widgets() throws -> [Widget] {
    try read(.widgets) { try $0.widgets() }
  }
}

extension Change {
  /// Saves a widget's page.
  package func saveGeneral(_ id: WidgetID, _ edit: Edit<WidgetGeneral>) throws {
    try require(anyOf: .widgetsManage, .catalogueManage)
    let before = try widget(id)
    try edit.check(against: WidgetGeneral(before))
    let after = before.with(edit.becomes)
    guard after != before else { return }
    try requireFreeName(of: after)
    try updateUnchecked(after.entry, was: before.entry)
  }

  /// Adds a token in a widget's page, where the operator types the whole name of the API user. The token
  /// opens this widget and nothing else.
  @discardableResult
  package func addToken(
    toAPIUserNamed name: Name, on id: WidgetID, name tokenName: Name, expiry: Expiry? = nil
  ) throws -> Token {
    try require(anyOf: .widgetsAddToken, .tokensManage)
    let widget = try widget(id)
    guard let account = try writer.account(.apiUser, named: NameKey(name)) else {
      throw AdministrationError.missing(kind: "API user", name: name.text)
    }
    return try addTokenUnchecked(to: account, tokenName, expiry, TokenLimits(widgets: [widget.id]))
  }

  private func widget(_ id: WidgetID) throws -> Widget {
    guard let widget = try writer.widget(id) else {
      throw AdministrationError.missing(kind: "widget", name: id.description)
    }
    return widget
  }
}
