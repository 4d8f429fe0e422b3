import Access
import Administration

/// The pages that show why somebody breaks a law.
struct BreachDestination {
  let found: LawLook.Found
  let context: ConsoleContext

  /// Opens the page. Of two things that can be seen together, the person chooses one.
  func open<Message>() -> Effect<Message> {
    switch found.breach.finding {
    case .sees(let sight), .seesBeyondTeam(let sight): return .open(screen(sight))
    case .seesBoth(let first, let second):
      let sights = [first, second]
      let rows = found.things.enumerated().map { ChoiceDialog.Row($0.offset, $0.element) }
      return .ask(ChoiceDialog(title: "Why which of both?", isMenu: true, rows: rows)) {
        .open(screen(sights[min($0, 1)]))
      }
    case .shows: return .open(CatalogueScreen(context: context, at: widget))
    case .token(let token, _): return editor(EditorTarget(.tokens, token: token))
    case .unowned: return editor(EditorTarget(.general))
    }
  }

  private var widget: CatalogueRow.Thing? {
    if case .openWidget(let id) = found.breach.breaker { .widget(id) } else { nil }
  }

  private func editor<Message>(_ target: EditorTarget) -> Effect<Message> {
    guard case .account(let id) = found.breach.breaker else { return .none }
    return .open(context.editor(.account(id), found.kind, at: target))
  }

  /// Why, about what exists. Of what may come there is the grant, where *all* stands, or who is Administrator.
  private func screen(_ sight: Sight) -> any Screen {
    if let request = request(sight.thing) { return WhyScreen(request, context: context) }
    guard case .grant = sight.giver, let connector = sight.thing.connector.id else {
      return context.editor(sight.giver.subject, found.kind, at: EditorTarget(.roles))
    }
    return context.editor(
      sight.giver.subject, found.kind, at: EditorTarget(.grant(connector, page(sight.thing))))
  }

  /// The page of the grant on which *all* stands for what may come.
  private func page(_ thing: SeenThing) -> GrantPage {
    if let company = thing.company, company.id == nil { return .companies }
    if thing.list.id == nil { return .lists }
    return thing.item.map { .items($0.kind) } ?? .lists
  }

  private func request(_ thing: SeenThing) -> CheckRequest? {
    guard case .account(let id) = found.breach.breaker, let kind = found.kind,
      let connector = thing.connector.id, let list = thing.list.id
    else { return nil }
    var request = CheckRequest(
      asker: .account(AccountReference(kind, .id(id))), surface: .api(.id(connector)), list: .id(list))
    if let company = thing.company {
      guard let id = company.id else { return nil }
      request.company = .id(id)
    }
    if let item = thing.item {
      guard let id = item.item.id else { return nil }
      request.item = CheckRequest.ItemReference(item.kind, .id(id))
    }
    if found.breach.at > context.now { request.at = found.breach.at }
    return request
  }
}
