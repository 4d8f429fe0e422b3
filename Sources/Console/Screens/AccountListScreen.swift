import Access
import Administration
import Store
import Terminal

/// Security → API users, and Security → Users.
struct AccountListScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<AccountRow>.Message)
    case sort(AccountOrder)
    case review
    case reviewed([AccountID: Bool])
    case takeOver
    case tookOver(Timestamp?, isNews: Bool)
    case bulk(BulkMessage)
  }

  let context: ConsoleContext
  let kind: AccountKind
  var order = AccountOrder.name
  private var isDescending = false
  var rows: LoadedList<AccountRow>
  private var withoutReach: Set<AccountID> = []
  /// The chosen rows, on which an action works.
  private(set) var choice = RowChoice()
  /// The progress of an action on the chosen rows; nil where none is running.
  var working: ProgressCount?
  /// The accounts that were checked since the page was opened.
  private(set) var looked: Set<AccountID> = []
  /// The time from which the gates may have recorded uses that are not copied yet.
  var usesSince: Timestamp?

  init(_ kind: AccountKind, context: ConsoleContext) {
    self.context = context
    self.kind = kind
    rows = LoadedList(
      WindowedList(
        columns: AccountColumns.make(kind) { context.now },
        emptyLine: "Click here to add \(kind.withArticle)", sorting: ListSorting(order.rawValue)),
      source: Self.source(kind, context))
  }

  var title: String { kind.pluralTitle }
  var place: Place? { Places.accounts(kind) }
  var button: String? { context.may(kind.managing) ? "Add \(kind.title)" : nil }

  mutating func appear() -> Effect<Message> { .batch(reload(), takeOver()) }
  mutating func reappear() -> Effect<Message> {
    looked = []
    return .batch(reload(), takeOver())
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .rows(let message): return .batch(follow(message), reviewLater())
    case .sort(let order): return sort(by: order, isDescending: order == self.order && !isDescending)
    case .review: return review()
    case .reviewed(let reaches):
      looked.formUnion(reaches.keys)
      for (account, reaches) in reaches {
        if reaches { withoutReach.remove(account) } else { withoutReach.insert(account) }
      }
      redoColumns()
      return .none
    case .bulk(let message): return update(bulk: message)
    case .takeOver: return takeOver()
    case .tookOver(let since, let isNews):
      usesSince = since ?? usesSince
      let next = Effect<Message>.after(milliseconds: 5_000, key: "uses", .takeOver)
      return isNews ? .batch(reload(), next) : next
    }
  }

  /// Makes the columns again, because the marks of rows are part of their texts.
  private mutating func redoColumns() {
    rows.list.columns = AccountColumns.make(kind, withoutReach: withoutReach, choice: choice) { [context] in
      context.now
    }
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

extension AccountKind {
  /// The plural as in the menu.
  var pluralTitle: String { self == .user ? "Users" : "API users" }
  var withArticle: String { self == .user ? "a user" : "an API user" }
  /// The permission to change an account of this kind.
  var managing: Permission { self == .user ? .usersManage : .apiUsersManage }
}

extension Result {
  /// The error; nil where there is none.
  var problem: Failure? {
    if case .failure(let problem) = self { problem } else { nil }
  }
}
