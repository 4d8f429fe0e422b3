import Access
import Administration
import Store

/// A screen from which one goes to what an audit row was done to.
protocol LeadsToAuditTarget: Screen {
  static func destination(_ result: Result<AnyScreen?, Problem>) -> Message
}

extension AuditScreen: LeadsToAuditTarget {
  static func destination(_ result: Result<AnyScreen?, Problem>) -> Message { .destination(result) }
}

extension AuditRowScreen: LeadsToAuditTarget {
  static func destination(_ result: Result<AnyScreen?, Problem>) -> Message { .destination(result) }
}

/// Finds the page of what an audit row was done to.
enum AuditDestination {
  static func find<S: LeadsToAuditTarget>(_ target: AuditTarget, _ context: ConsoleContext) -> Effect<S> {
    .run("looking for it") { S.destination(context.read { try screen(of: target, $0, context) }) }
  }

  static func open<S: LeadsToAuditTarget>(_ result: Result<AnyScreen?, Problem>) -> Effect<S> {
    switch result {
    case .success(let screen?): .open(screen)
    case .success(nil): .toast("it is not there any more", .warning)
    case .failure(let problem): .toast(problem)
    }
  }

  private static func screen(
    of target: AuditTarget, _ reader: any StoreReader, _ context: ConsoleContext
  ) throws -> AnyScreen? {
    switch target.kind {
    case .kept(.user), .kept(.apiUser), .grant:
      guard let account = try AccountID(target.id).flatMap({ try reader.account($0) }) else { return nil }
      return AnyScreen(EditorScreen(AccountEditor(account.id, kind: account.kind, context: context)))
    case .kept(.team):
      guard let team = try TeamID(target.id).flatMap({ try reader.team($0) }) else { return nil }
      return AnyScreen(EditorScreen(TeamEditor(team.id, context: context)))
    case .kept(.role):
      guard let role = try RoleID(target.id).flatMap({ try reader.customRole($0) }) else { return nil }
      return AnyScreen(EditorScreen(RoleEditor(.custom(role.id), context: context)))
    case .token:
      guard let token = try TokenRowID(target.id).flatMap({ try reader.token($0) }),
        let account = try reader.account(token.account)
      else { return nil }
      return AnyScreen(
        EditorScreen(
          AccountEditor(account.id, kind: account.kind, context: context),
          at: EditorTarget(.tokens, token: token.id)))
    case .kept(.connector):
      guard let connector = try ConnectorID(target.id).flatMap({ try reader.connector($0) }) else {
        return nil
      }
      return AnyScreen(CatalogueScreen.of(connector, context: context))
    case .kept: return AnyScreen(CatalogueScreen(context: context))
    case .store: return nil
    }
  }
}

extension AuditTarget {
  /// Whether there may be a page of it.
  var leadsSomewhere: Bool { kind != .store && !id.isEmpty }
}
