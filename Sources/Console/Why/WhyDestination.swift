import Access
import Administration

/// A page on which something can be changed on which a decision rests.
enum WhyDestination: Hashable, Sendable {
  case page(SubjectID, AccountKind?, EditorTarget)
  case catalogue

  /// The pages for the smallest changes of a denial, or for what allows a request. Each page is listed once.
  static func all(of verdict: Verdict) -> [WhyDestination] {
    var found: [WhyDestination] = []
    for destination in candidates(verdict) where !found.contains(destination) { found.append(destination) }
    return found
  }

  private static func candidates(_ verdict: Verdict) -> [WhyDestination] {
    let (question, decision) = (verdict.question, verdict.decision)
    if decision.isAllowed { return givers(verdict) }
    // The page for the step that denied comes first, whatever else would have to change.
    let changes = smallestChanges(for: question, limit: 8).changes.compactMap(\.first)
    if !changes.isEmpty { return changes.map { destination(of: $0, verdict) } }
    guard let access = question.access else { return [] }
    switch decision.deniedStep {
    case .token, .limits:
      return [page(access.subject, verdict, .tokens, token: question.request.token.known?.id)]
    case .catalogue: return [.catalogue]
    default: return [page(access.subject, verdict, .general)]
    }
  }

  private static func givers(_ verdict: Verdict) -> [WhyDestination] {
    guard let connector = verdict.decision.located?.connector,
      case .held(let basis) = verdict.decision.grant
    else { return [] }
    switch basis {
    case .administrator(let holder): return [page(holder, verdict, .roles)]
    case .grants(let ids):
      return verdict.decision.trials.filter { ids.contains($0.grant) }
        .map { page($0.subject, verdict, .grant(connector, .lists)) }
    }
  }

  private static func destination(of addition: Addition, _ verdict: Verdict) -> WhyDestination {
    let subject = verdict.question.access?.subject ?? .account(.random())
    func page(_ subject: SubjectID, _ entry: EditorEntryID, token: TokenRowID? = nil) -> WhyDestination {
      Self.page(subject, verdict, entry, token: token, mending: addition)
    }
    func grant(_ place: GrantPlace, _ entry: GrantPage) -> WhyDestination {
      page(place.subject, .grant(place.connector, entry))
    }
    switch addition {
    case .enableToken(let id), .extendToken(let id), .bringTokenForward(let id), .widget(_, let id),
      .endpoint(_, let id),
      .network(_, let id):
      return page(subject, .tokens, token: id)
    case .putInForce(.membership(_, let account), _): return page(.account(account), .teams)
    case .putInForce(.role(_, let holder), _): return page(holder, .roles)
    case .putInForce(.grant(let place), _): return page(place.subject, .inForce(place.connector))
    case .enableAccount(let id): return page(.account(id), .general)
    case .systemRole(_, let holder): return page(holder, .roles)
    case .enableWidget, .enableEndpoint: return .catalogue
    case .connectorRole(_, let place): return grant(place, .roles)
    case .company(_, let place): return grant(place, .companies)
    case .list(_, let place): return grant(place, .lists)
    case .item(_, let kind, let place): return grant(place, .items(kind))
    }
  }

  private static func page(
    _ subject: SubjectID, _ verdict: Verdict, _ entry: EditorEntryID, token: TokenRowID? = nil,
    mending: Addition? = nil
  ) -> WhyDestination {
    .page(
      subject, verdict.question.access?.kind, EditorTarget(entry, token: token, mending: mending))
  }

  func screen(_ context: ConsoleContext) -> any Screen {
    switch self {
    case .catalogue: CatalogueScreen(context: context)
    case .page(let subject, let kind, let target): context.editor(subject, kind, at: target)
    }
  }

  /// The title of the page, as in `Companies of team “Sales MX”`.
  func title(_ names: NameBook) -> String {
    switch self {
    case .catalogue: "Catalogue"
    case .page(let subject, _, let target):
      "\(target.entry.title) of \(names.title(subject))"
    }
  }
}
