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
    case bulk(BulkMessage<BulkAction>)
  }

  let context: ConsoleContext
  let kind: AccountKind
  var order = AccountOrder.name
  private(set) var isDescending = false
  var rows: LoadedList<AccountRow>
  private var review: AccountReview
  private let owners: KnownOwners
  var choice = RowChoice<AccountID>()
  var working: ProgressCount?

  /// - Parameter start: the account on which the list begins; nil for the first one.
  init(_ kind: AccountKind, context: ConsoleContext, at start: AccountCursor? = nil) {
    self.context = context
    self.kind = kind
    review = AccountReview(context: context)
    owners = KnownOwners()
    rows = LoadedList(
      WindowedList(
        columns: AccountColumns.make(kind, owners: owners) {
          context.clock
        } opening: {
          context.opening(kind.managing)
        },
        emptyLine: "Click here to add \(kind.withArticle)", sorting: ListSorting(order.rawValue)),
      source: Self.source(kind, context, owners))
    rows.start = start
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
      return review.isOrderOld ? .batch(reload(), effect) : effect
    }
  }

  mutating func redoColumns() {
    rows.list.columns = AccountColumns.make(
      kind, owners: owners, withoutReach: review.withoutReach, choice: choice
    ) { [context] in
      context.clock
    } opening: { [context, kind] in
      context.opening(kind.managing)
    }
  }

  private mutating func sort(by order: AccountOrder, isDescending: Bool) -> Effect<Message> {
    self.order = order
    self.isDescending = isDescending
    rows.list.sorting = ListSorting(order.rawValue, isDescending: isDescending, title: order.title)
    rows.source = Self.source(kind, context, owners, order, isDescending: isDescending)
    return rows.restart().map { .rows($0) }
  }

  static func source(
    _ kind: AccountKind, _ context: ConsoleContext, _ owners: KnownOwners, _ order: AccountOrder = .name,
    isDescending: Bool = false
  ) -> LoadedList<AccountRow>.Source {
    .asked("reading \(kind.pluralTitle)", context, ListedKind(kind)) {
      try $0.query($1, kind, order: order, isDescending: isDescending)
    } page: { reader, query, position, limit in
      let page = try reader.accounts(query, position, limit: limit, now: context.now)
      try owners.read(page.rows.compactMap(\.account.particulars.owner), reader)
      return ListPage(try page.completed(kind, reader, context))
    } count: {
      try $0.accountCount($1)
    }
  }

  /// Three lines where there is room, and only of API users: a user has no owner.
  func detailRows(in bounds: Rect) -> Int {
    bounds.rows < 14 ? 0 : kind == .apiUser && bounds.rows >= 30 ? 3 : 1
  }

  func details(rows count: Int) -> [String] {
    guard let account = rows.selected?.account else { return [] }
    guard count > 1 else { return noteLine(account) }
    let about = account.particulars
    let maker = account.createdBy.map { " by \($0)" } ?? ""
    let made = "added \(context.clock.told(account.createdAt))\(maker)"
    let owner = about.owner.map { "owner \(owners.text($0))" } ?? "no owner"
    let labels = about.labels.words.joined(separator: " ")
    return [([made, owner] + (labels.isEmpty ? [] : [labels])).joined(separator: "; ")]
      + (about.note.isEmpty ? [] : about.note.lines.map(String.init))
  }

  /// The note, and what the row cuts.
  private func noteLine(_ account: Account) -> [String] {
    let note = account.particulars.note.lines.map(String.init).filter { !$0.isEmpty }.joined(separator: " ")
    let texts = (note.isEmpty ? [] : [note]) + cutLine
    return texts.isEmpty ? [] : [texts.joined(separator: "; ")]
  }
}
