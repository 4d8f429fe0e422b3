import Access
import Administration
import Store
import Terminal

/// Security → API users, and Security → Users.
struct AccountListScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<AccountRow>.Message)
    case sort(AccountOrder)
    case review(AccountReview.Message)
    case bulk(BulkMessage)
  }

  let context: ConsoleContext
  let kind: AccountKind
  var order = AccountOrder.name
  private var isDescending = false
  var rows: LoadedList<AccountRow>
  private var review: AccountReview
  /// The chosen rows, on which an action works.
  private(set) var choice = RowChoice()
  /// The progress of an action on the chosen rows; nil where none is running.
  var working: ProgressCount?

  init(_ kind: AccountKind, context: ConsoleContext) {
    self.context = context
    self.kind = kind
    review = AccountReview(context: context)
    rows = LoadedList(
      WindowedList(
        columns: AccountColumns.make(kind) { context.clock },
        emptyLine: "Click here to add \(kind.withArticle)", sorting: ListSorting(order.rawValue)),
      source: Self.source(kind, context))
  }

  var title: String { kind.pluralTitle }
  var place: Place? { Places.accounts(kind) }
  var button: String? { context.may(kind.managing) ? "Add \(kind.title)" : nil }

  mutating func appear() -> Effect<Message> {
    review.beginAnew()
    return .batch(reload(), review.takeOver().map { .review($0) })
  }
  mutating func reappear() -> Effect<Message> { appear() }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .rows(let message):
      let effect = follow(message)
      return .batch(effect, review.lookLater(at: rows.list.visibleRows).map { .review($0) })
    case .sort(let order): return sort(by: order, isDescending: order == self.order && !isDescending)
    case .bulk(let message): return update(bulk: message)
    case .review(let message):
      let effect = review.update(message, rows.list.visibleRows).map { Message.review($0) }
      if case .looked = message { redoColumns() }
      return message.isNews ? .batch(reload(), effect) : effect
    }
  }

  /// Makes the columns again, because the marks of rows are part of their texts.
  private mutating func redoColumns() {
    rows.list.columns = AccountColumns.make(
      kind, withoutReach: review.withoutReach, choice: choice
    ) { [context] in context.clock }
  }

  mutating func choose(_ change: (inout RowChoice) -> Void) {
    change(&choice)
    redoColumns()
  }

  private mutating func sort(by order: AccountOrder, isDescending: Bool) -> Effect<Message> {
    self.order = order
    self.isDescending = isDescending
    rows.list.sorting = ListSorting(order.rawValue, isDescending: isDescending, title: order.title)
    rows.source = Self.source(kind, context, order, isDescending: isDescending)
    return rows.restart().map { .rows($0) }
  }

  static func source(
    _ kind: AccountKind, _ context: ConsoleContext, _ order: AccountOrder = .name, isDescending: Bool = false
  ) -> LoadedList<AccountRow>.Source {
    @Sendable func query(_ search: SearchText?) -> AccountQuery {
      AccountQuery(kind: kind, matching: search, order: order, isDescending: isDescending)
    }
    return .windows("reading \(kind.pluralTitle)", context) { reader, search, position, limit in
      let page = try reader.accounts(query(search), position, limit: limit, now: context.now)
      return kind == .user ? try page.withPresence(reader, now: context.now) : page
    } count: {
      try $0.accountCount(query($1))
    }
  }

  func draw(on frame: inout Frame<Message>) {
    drawList(on: &frame)
    drawChoice(on: &frame)
  }
}
