import Access
import Administration
import Store

/// Finds the page of what an audit row was done to, and opens it.
enum AuditDestination {
  /// Why one can't go there.
  static let nowhere = "there is no page of what it was done to"

  static func go<Message>(to target: AuditTarget, _ context: ConsoleContext) -> Effect<Message> {
    .run("looking for it") {
      context.read { try screen(of: target, $0, context) }
    } then: { found in
      switch found {
      case .success(let screen?): .open(screen)
      case .success(nil): .toast("it is not there any more", .warning)
      case .failure(let problem): .toast(problem)
      }
    }
  }

  private static func screen(
    of target: AuditTarget, _ reader: any SecurityReader, _ context: ConsoleContext
  ) throws -> (any Screen)? {
    switch target.kind {
    case .kept(.user), .kept(.apiUser), .grant:
      guard let account = try AccountID(target.id).flatMap({ try reader.account($0) }) else { return nil }
      return context.editor(.account(account.id), account.kind)
    case .kept(.team):
      guard let team = try TeamID(target.id).flatMap({ try reader.team($0) }) else { return nil }
      return context.editor(.team(team.id), nil)
    case .kept(.role):
      guard let role = try RoleID(target.id).flatMap({ try reader.customRole($0) }) else { return nil }
      return EditorScreen(RoleEditor(.custom(role.id), context: context))
    case .token:
      guard let token = try TokenRowID(target.id).flatMap({ try reader.token($0) }),
        let account = try reader.account(token.account)
      else { return nil }
      return context.editor(
        .account(account.id), account.kind, at: EditorTarget(.tokens, token: token.id))
    case .kept(.connector):
      guard let connector = try ConnectorID(target.id).flatMap({ try reader.connector($0) }) else {
        return nil
      }
      return CatalogueScreen(.connector(connector.id, connector.name.text), context: context)
    case .kept: return CatalogueScreen(context: context)
    case .law:
      let law = try (try? Name(target.id)).flatMap { try reader.law(named: NameKey($0)) }
      return law.map { EditorScreen(LawEditor($0, context: context)) }
    case .store: return nil
    }
  }
}

extension AuditTarget {
  /// Whether there may be a page of it.
  var leadsSomewhere: Bool { kind != .store && !id.isEmpty }
}
