import Access
import Administration
import Store
import Terminal

/// Security → API users, and Security → Users.
struct AccountListScreen: ListScreen {
  enum Message: ListMessage {
    case rows(LoadedList<AccountRow>.Message)
    case add, edit, rename, toggleEnabled, delete, why
    case request(Result<CheckRequest?, Problem>)
    case sort(AccountOrder)
    case added(AddAccountScreen.Added)
    case renamed(Name)
    case confirmed(AccountRow, Confirmation)
    case disable(Account)
    case done(String, Problem?)
    case review
    case reviewed([AccountID: Bool])
    case takeOver
    case tookOver(Timestamp?, isNews: Bool)
    case bulk(BulkMessage)
  }

  let context: ConsoleContext
  private let opensAdding: Bool
  let kind: AccountKind
  var order = AccountOrder.name
  private var isDescending = false
  var rows: LoadedList<AccountRow>
  private var withoutReach: Set<AccountID> = []
  /// The rows that something is to be done with.
  private(set) var choice = RowChoice()
  /// How far what is being done with them has come; nil where nothing is.
  var working: ProgressCount?
  /// Those that were looked at since the page was opened.
  private(set) var looked: Set<AccountID> = []
  /// From when on the gate may have seen uses that were not taken over yet.
  var usesSince: Timestamp?

  /// - Parameter opensAdding: whether it asks for a new one at once, as the palette wants.
  init(_ kind: AccountKind, context: ConsoleContext, opensAdding: Bool = false) {
    self.context = context
    self.opensAdding = opensAdding
    self.kind = kind
    let columns = AccountColumns.make(kind) { context.now }
    let list = WindowedList(
      columns: columns, emptyLine: "Click here to add \(kind.withArticle)",
      sorting: ListSorting(order.rawValue))
    rows = LoadedList(list, source: Self.source(kind, context, .name, false))
    rows.list.reservedColumns = Heading.columns(addTitle)
  }

  var title: String { kind.pluralTitle }
  var place: Place? { Places.accounts(kind) }

  mutating func appear() -> Effect<Self> {
    .batch(reload(), takeOver(), opensAdding ? .send(.add) : .none)
  }
  mutating func reappear() -> Effect<Self> {
    looked = []
    return .batch(reload(), takeOver())
  }

  mutating func update(_ message: Message) -> Effect<Self> {
    switch message {
    case .rows(let message): return follow(message)
    case .add: return .open(AddAccountScreen(kind, context: context)) { .added($0) }
    case .edit: return rows.selected.map { edit($0.account.id, page: nil) } ?? .none
    case .rename: return rename()
    case .why: return rows.selected.map { why($0.account.id) } ?? .none
    case .request(let request): return WhyScreen.open(request, context)
    case .toggleEnabled: return toggleEnabled()
    case .delete: return delete()
    case .sort(let order): return sort(by: order, isDescending: order == self.order ? !isDescending : false)
    case .added(let added): return show(added)
    case .renamed(let name): return .toast(context.undoable("renamed to \(quotedName(name))"), .good)
    case .confirmed(let row, .confirm): return carryOutDeletion(of: row)
    case .confirmed(_, .cancel): return .none
    case .disable(let account): return setEnabled(false, account)
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
      let next = Effect<Self>.after(milliseconds: 5_000, key: "uses", .takeOver)
      return isNews ? .batch(reload(), next) : next
    case .done(let text, nil): return .batch(.toast(text, .good), reload())
    case .done(_, let problem?): return .batch(.toast(problem), reload())
    }
  }

  /// The marks of rows are part of their texts.
  private mutating func redoColumns() {
    rows.list.columns = AccountColumns.make(kind, withoutReach: withoutReach, choice: choice) { [context] in
      context.now
    }
  }

  mutating func choose(_ change: (inout RowChoice) -> Void) {
    change(&choice)
    redoColumns()
  }

  private mutating func follow(_ message: LoadedList<AccountRow>.Message) -> Effect<Self> {
    var (event, effect) =
      rows.update(message) { Message.rows($0) } as (WindowedList<AccountRow>.Event?, Effect<Self>)
    effect = .batch(effect, reviewLater())
    switch event {
    case .link: return .batch(effect, .send(.edit))
    case .emptyLine: return .batch(effect, .send(.add))
    case .header(let column):
      return .batch(effect, AccountOrder(rawValue: column).map { .send(.sort($0)) } ?? .none)
    case nil: return effect
    }
  }

  /// With a token it lands on the user's Tokens page, the new token selected.
  private mutating func show(_ added: AddAccountScreen.Added) -> Effect<Self> {
    let found: Effect<Self> =
      order == .name
      ? rows.reveal(AccountCursor(rank: nil, nameKey: NameKey(added.name).text, id: added.account)) {
        .rows($0)
      }
      : reload()
    let said = Effect<Self>.toast("\(quotedName(added.name)) added", .good)
    guard let token = added.token else { return .batch(said, found) }
    return .batch(said, found, edit(added.account, page: EditorTarget(.tokens, token: token)))
  }

  private func edit(_ id: AccountID, page: EditorTarget?) -> Effect<Self> {
    .open(EditorScreen(AccountEditor(id, kind: kind, context: context), at: page))
  }

  private func why(_ id: AccountID) -> Effect<Self> {
    .run("reading") { [context] in .request(WhyScreen.likelyRequest(of: .account(id), context: context)) }
  }

  private func rename() -> Effect<Self> {
    guard let account = rows.selected?.account else { return .none }
    return .open(
      NameDialog.renaming(account.name, title: "Rename \(kind.title)") { [context] name in
        context.change { try $0.rename(account.id, to: name) }.problem
      }
    ) { .renamed($0) }
  }

  private func toggleEnabled() -> Effect<Self> {
    guard let account = rows.selected?.account else { return .none }
    guard account.isEnabled else { return setEnabled(true, account) }
    return .open(
      EffectDialog(
        title: "Disable \(kind.title)", text: "Disable \(quotedName(account.name))?",
        points: ["its tokens open nothing until it is enabled again"], action: "Disable", isDestructive: true
      ) { [context] in
        context.effect { administration in try administration.change { try $0.setEnabled(false, account.id) }
        }
      }
    ) { $0 == .confirm ? .disable(account) : nil }
  }

  private func setEnabled(_ becomes: Bool, _ account: Account) -> Effect<Self> {
    .run("saving") { [context] in
      .done(
        context.undoable("\(quotedName(account.name)) \(becomes ? "enabled" : "disabled")"),
        context.change { try $0.setEnabled(becomes, account.id) }.problem)
    }
  }

  private func delete() -> Effect<Self> {
    guard let row = rows.selected else { return .none }
    let tokens = row.liveTokenCount == 1 ? "it has 1 live token" : "it has \(row.liveTokenCount) live tokens"
    return .open(
      EffectDialog(
        title: "Delete \(kind.title)", text: "Delete \(quotedName(row.account.name))?",
        points: [tokens, context.noteOfDeleting(DeletedKind(kind))], action: "Delete", isDestructive: true,
        typing: row.account.name.text
      ) { [context] in
        context.effect { administration in try administration.change { try $0.deleteAccount(row.account.id) }
        }
      }
    ) { .confirmed(row, $0) }
  }

  private func carryOutDeletion(of row: AccountRow) -> Effect<Self> {
    .run("deleting") { [context] in
      .done(
        context.undoable("\(quotedName(row.account.name)) deleted"),
        context.change { try $0.deleteAccount(row.account.id) }.problem)
    }
  }

  private mutating func sort(by order: AccountOrder, isDescending: Bool) -> Effect<Self> {
    self.order = order
    self.isDescending = isDescending
    rows.list.sorting = ListSorting(order.rawValue, isDescending: isDescending, title: order.title)
    rows.source = Self.source(kind, context, order, isDescending)
    return rows.restart { .rows($0) }
  }

  static func source(
    _ kind: AccountKind, _ context: ConsoleContext, _ order: AccountOrder, _ isDescending: Bool
  ) -> LoadedList<AccountRow>.Source {
    @Sendable func query(_ filter: String) -> AccountQuery {
      AccountQuery(kind: kind, matching: SearchText(filter), order: order, isDescending: isDescending)
    }
    return LoadedList.Source("reading \(kind.pluralTitle)") { request in
      context.read { reader in
        try request.page { position, limit in
          let page = try reader.accounts(
            query(request.filter), position.stored, limit: limit, now: context.now)
          return ListPage(kind == .user ? try page.withPresence(reader, now: context.now) : page)
        }
      }
    } count: { filter in
      context.read { try $0.accountCount(query(filter)) }
    }
  }

  /// The words of the button at the upper right; nil where one may not add.
  private var addTitle: String? {
    context.may(kind == .user ? .usersManage : .apiUsersManage) ? "Add \(kind.title)" : nil
  }

  func draw(on frame: inout Frame<Message>) {
    drawRows(in: frame.bounds, on: &frame)
    drawChoice(on: &frame)
    Heading(text: "", action: addTitle).draw(in: frame.bounds.splitTop(1).top, on: &frame, .add)
  }
}

extension AccountKind {
  /// As in the menu.
  var pluralTitle: String { self == .user ? "Users" : "API users" }
  var withArticle: String { self == .user ? "a user" : "an API user" }
}

extension Result {
  /// What went wrong, if anything did.
  var problem: Failure? {
    if case .failure(let problem) = self { problem } else { nil }
  }
}
