package import Access
package import Sealing
package import Store

/// Decides requests by names, within one consistent read.
///
/// A check never counts as a use of a token.
package struct Checker {
  package let source: AccessSource
  private let ring: KeyRing
  /// The uses, which tell whether a newer Token ID was used; nil where they must not be asked.
  private let uses: (any UseReading)?
  /// The time of requests that name none.
  package let now: Timestamp

  init(_ source: AccessSource, ring: KeyRing, uses: (any UseReading)?, now: Timestamp) {
    self.source = source
    self.ring = ring
    self.uses = uses
    self.now = now
  }

  /// Errors: ``AdministrationError/missing(kind:name:)`` for an unknown user, API user or team;
  /// ``StoreError``. Code that enforces must treat any error as a denial.
  package func check(_ request: CheckRequest) throws -> Verdict {
    source.forgetPeople()
    let place = try place(request)
    let asker = try asker(request.asker, on: place.facts.connector)
    let asked = AccessRequest(
      token: asker.token, replaced: asker.replaced, surface: place.surface, company: place.company,
      list: place.list, item: place.item, source: request.source)
    let question = AccessQuestion(
      request: asked, access: asker.access, catalogue: place.facts, now: request.at ?? now)
    return Verdict(
      request: request, question: question, decision: decide(question), names: source.names,
      presented: asker.secret)
  }

  // MARK: Who asks

  private struct Asking {
    var token: PresentedToken
    var replaced: ReplacedTokenID?
    var secret: TokenSecretID?
    var access: SubjectAccess?
  }

  private func asker(_ asker: CheckRequest.Asker, on connector: ConnectorID?) throws -> Asking {
    switch asker {
    case .noToken: return Asking(token: .unknown(.missing))
    case .malformedTokenID(let problem): return Asking(token: .unknown(.malformed(problem)))
    case .tokenID(let id): return try holder(of: hashes(of: id), on: connector)
    case .hashes(let hashes): return try holder(of: hashes, on: connector)
    case .presented(let id): return try asking(source.holder(of: id, on: connector))
    case .account(let reference):
      return Asking(token: .none, access: try source.access(of: account(reference), on: connector))
    case .team(let reference): return Asking(token: .none, access: try team(reference, on: connector))
    case .token(let reference, let owner):
      let account = try account(owner)
      let access = try source.access(of: account, on: connector)
      guard let token = try token(reference, of: account) else {
        return Asking(token: .unknown(.tokenName), access: access)
      }
      source.enter(token)
      return Asking(token: .known(token), access: access)
    }
  }

  /// The hashes by which a Token ID is looked up, so that the Token ID itself need not be kept.
  package func hashes(of id: TokenID) throws -> TokenIDHashes {
    ring.hashes(of: id, try source.lookupKeyUse())
  }

  private func holder(of hashes: TokenIDHashes, on connector: ConnectorID?) throws -> Asking {
    let holder = try source.holder(of: hashes, on: connector)
    // The Token ID may be kept under a key that is missing here, and then its holder is not known.
    if holder == nil, let missing = hashes.missing { throw SealingError.unknownKey(.lookup, missing) }
    return try asking(holder)
  }

  private func asking(_ holder: KnownHolder?) throws -> Asking {
    guard let holder else { return Asking(token: .unknown(.tokenID)) }
    // Uses are asked for each time, because a use does not change the store.
    let replaced = try holder.found.older.map { older in
      guard let uses else { throw NotKept() }
      return ReplacedTokenID(
        validUntil: older.validUntil, newerCount: older.newer.count,
        isNewerUsed: try uses.isAnyUsed(older.newer))
    }
    return Asking(
      token: .known(holder.found.token), replaced: replaced, secret: holder.found.secret,
      access: holder.access)
  }

  private func account(_ reference: AccountReference) throws -> Account {
    let found: Account? =
      switch reference.account {
      case .named(let name): try source.reader.account(reference.kind, named: NameKey(name))
      case .id(let id): try source.reader.account(id).flatMap { $0.kind == reference.kind ? $0 : nil }
      case .noName: nil
      }
    guard let found else {
      throw AdministrationError.missing(kind: reference.kind.title, name: reference.account.shown)
    }
    return found
  }

  private func team(_ reference: Reference<Team>, on connector: ConnectorID?) throws -> SubjectAccess {
    let id: TeamID? =
      switch reference {
      case .named(let name): try source.reader.team(named: NameKey(name))?.id
      case .id(let id): id
      case .noName: nil
      }
    guard let id, let access = try source.access(of: .team(id), on: connector) else {
      throw AdministrationError.missing(kind: "team", name: reference.shown)
    }
    return access
  }

  /// The token that is named. A revoked token is found only by its id, and not by its name.
  private func token(_ reference: Reference<Token>, of account: Account) throws -> Token? {
    switch reference {
    case .named(let name): try source.reader.token(of: account.id, named: NameKey(name))
    case .id(let id): try source.reader.token(id).flatMap { $0.account == account.id ? $0 : nil }
    case .noName: nil
    }
  }

  // MARK: What is asked for

  private struct Place {
    var surface: RequestedSurface
    var facts: CatalogueFacts
    var company: Sought<CompanyID>?
    var list: Sought<ListID>?
    var item: RequestedItem?
  }

  private func place(_ request: CheckRequest) throws -> Place {
    switch request.surface {
    case .api(let reference):
      guard let connector = try source.connector(reference) else { return nowhere(.api(.unknown), request) }
      return parts(request, .api(.found(connector.id)), connector, CatalogueFacts(), meant: [])
    case .widget(let reference):
      guard let widget = try source.loadedPlaces().widget(reference),
        let connector = try source.connector(widget.connector)
      else { return nowhere(.widget(.unknown), request) }
      return parts(
        request, .widget(.found(widget.id)), connector, CatalogueFacts(widget: widget),
        meant: source.lists(of: widget, in: connector))
    case .endpoint(let reference, let method):
      guard let endpoint = try source.loadedPlaces().endpoint(reference),
        let connector = try source.connector(endpoint.connector)
      else { return nowhere(.endpoint(.unknown, method), request) }
      return parts(
        request, .endpoint(.found(endpoint.id), method), connector, CatalogueFacts(endpoint: endpoint),
        meant: connector.listIndex[endpoint.list].map { [$0.id] } ?? [])
    }
  }

  /// The place of a request whose connector is unknown, and therefore everything in it.
  private func nowhere(_ surface: RequestedSurface, _ request: CheckRequest) -> Place {
    Place(
      surface: surface, facts: .nothing, company: request.company.map { _ in .unknown },
      list: request.list.map { _ in .unknown }, item: nil)
  }

  /// The parts that a request names. `meant` are the lists of the widget or endpoint that the connector has; none for
  /// the API, where the request names its lists.
  private func parts(
    _ request: CheckRequest, _ surface: RequestedSurface, _ connector: ConnectorCatalogue,
    _ facts: CatalogueFacts, meant: [ListID]
  ) -> Place {
    let company = request.company.map { connector.companyIndex.sought($0) }
    let list = request.list.map { connector.listIndex.sought($0) }
    var facts = facts
    facts.connector = connector.id
    facts.hasCompanies = !connector.companies.isEmpty
    facts.companies = company.map { $0.id.map { [$0] } ?? [] } ?? connector.companies.map(\.id)
    let candidates = list.map { $0.id.map { [$0] } ?? [] } ?? meant
    facts.lists = candidates
    return Place(
      surface: surface, facts: facts, company: company, list: list,
      item: request.item.map { connector.item($0, of: candidates) })
  }
}

extension Reference {
  /// The reference in an error. A text that is not a name is not repeated.
  fileprivate var shown: String {
    switch self {
    case .named(let name): name.text
    case .id(let id): id.description
    case .noName: "…"
    }
  }
}

/// Decides very many requests, in runs that each see one consistent state. What was read about the catalogue,
/// roles and teams is kept while nothing changes. A session must not be shared: it runs one check at a time.
package final class CheckerSession {
  private let administration: Administration
  private var cache = AccessCache()
  /// The generation of what is kept: of the run that is going on, or else of the last one.
  package private(set) var generation: Generation?

  package init(_ administration: Administration) { self.administration = administration }

  /// Errors: ``AdministrationError``, ``StoreError``.
  package func check<Result>(_ body: (Checker) throws -> Result) throws -> Result {
    try administration.read { reader in
      let present = try reader.generation()
      if present != generation { cache = AccessCache() }
      generation = present
      return try body(
        Checker(
          AccessSource(reader, cache), ring: administration.ring, uses: administration.uses,
          now: administration.now))
    }
  }
}

extension Administration {
  /// Decides requests on one consistent state of the store.
  ///
  /// Errors: ``AdministrationError``, ``StoreError``.
  package func check<Result>(_ body: (Checker) throws -> Result) throws -> Result {
    try read { reader in try body(Checker(AccessSource(reader), ring: ring, uses: uses, now: now)) }
  }

  /// Decides requests on the state that a change has made so far.
  package func checker(within change: Change) -> Checker {
    Checker(AccessSource(change.reader), ring: ring, uses: uses, now: change.now)
  }

  /// Decides one request.
  package func check(_ request: CheckRequest) throws -> Verdict { try check { try $0.check(request) } }
}
