/// The six steps of `domain.md`, "When access is allowed", in their order.
package enum DecisionStep: String, Hashable, Sendable, CaseIterable, Codable {
  case token, limits, user, surface, catalogue, grant
}

/// How one step came out.
package enum StepResult<Basis: Hashable & Sendable, Failure: Hashable & Sendable>: Hashable, Sendable {
  /// By virtue of that.
  case held(Basis)
  case failed(Failure)
  /// No token is named, so that there is nothing to ask.
  case skipped
  /// An earlier failure left nothing to evaluate it on.
  case notEvaluated
  /// What was handed in contradicts itself: a denial.
  case inconsistent(Inconsistency)

  package var passes: Bool {
    switch self {
    case .held, .skipped: true
    case .failed, .notEvaluated, .inconsistent: false
    }
  }
}

/// What contradicted itself.
package enum Inconsistency: Hashable, Sendable {
  /// The token is another account's.
  case tokenOfAnother(TokenRowID)
  /// A role that neither the subject nor one of its teams holds.
  case roleOfAnother(SubjectID)
  /// A grant of neither the subject nor one of its teams.
  case grantOfAnother(GrantID)
  /// Two grants of one subject on one connector.
  case twoGrants(GrantID, GrantID)
  /// What the catalogue handed in is not what the request asks for.
  case otherCatalogue
  /// Nobody knows who asks, though the token is known or none is needed.
  case nobody
}

package enum TokenFailure: Hashable, Sendable {
  case unknown(UnknownToken)
  /// Revoked, disabled, expired or not yet valid; the strongest of them.
  case notLive(TokenRowID, TokenState)
  /// The token is live, and this older Token ID of it is not any more.
  case replaced(TokenRowID)
}

/// What of a token's limits a request keeps.
package struct LimitsBasis: Hashable, Sendable {
  /// Whether it is limited to widgets and endpoints.
  package let isLimitedToPlaces: Bool
  /// The network of its limits in which the source lies; nil where it has none.
  package let network: Network?

  package init(isLimitedToPlaces: Bool, network: Network?) {
    self.isLimitedToPlaces = isLimitedToPlaces
    self.network = network
  }
}

package enum LimitsFailure: Hashable, Sendable {
  /// It is limited to other widgets and endpoints.
  case place(TokenRowID)
  /// It is limited to networks, and nobody said where the request came from.
  case noSource(TokenRowID)
  /// The source lies in none of its networks.
  case network(TokenRowID, IPAddress)
}

package enum UserFailure: Hashable, Sendable {
  case disabled(AccountID)
}

package enum SurfaceFailure: Hashable, Sendable {
  /// No role of it or its teams opens that.
  case noRole(SurfaceKind)
  /// Roles would open it, and none of them is in force: the first of them.
  case lapsed(SurfaceKind, HeldRole, Lapse)
}

package enum CatalogueFailure: Hashable, Sendable {
  case unknownWidget, unknownEndpoint, unknownConnector
  case disabledWidget(WidgetID)
  case disabledEndpoint(EndpointID)
  case methodNotTaken(EndpointID, HTTPMethod)
  case unknownCompany
  /// A company is named on a connector that has none.
  case connectorWithoutCompanies(ConnectorID)
  case unknownList
  /// The API was asked for no list.
  case noList
  case listNotOfWidget(WidgetID, ListID)
  case listNotOfEndpoint(EndpointID, ListID)
  /// All lists of the widget or endpoint left the catalogue.
  case noListLeft
  /// None of the lists meant has such an item.
  case unknownItem(ItemKind)
}

/// Why access is given by the grants.
package enum GrantBasis: Hashable, Sendable {
  /// The system role Administrator, given to that subject.
  case administrator(SubjectID)
  /// These grants, each by itself.
  case grants([GrantID])
}

package enum GrantFailure: Hashable, Sendable {
  /// There is no grant on the connector.
  case noGrant
  /// None of them covers it; the trials say why.
  case noneCovers
}

/// The conditions a to d of step 6.
package enum GrantCondition: String, Hashable, Sendable, CaseIterable {
  case role = "a"
  case company = "b"
  case list = "c"
  case item = "d"
}

/// Companies and lists that are allowed, each of these with each of those: what one grant gives.
package struct AccessBlock: Hashable, Sendable {
  /// Nil on a connector that has no companies; else at least one.
  package let companies: [CompanyID]?
  /// At least one.
  package let lists: [ListID]

  package init(companies: [CompanyID]?, lists: [ListID]) {
    self.companies = companies
    self.lists = lists
  }
}

/// A company with a list.
package struct AccessPair: Hashable, Sendable {
  /// Nil on a connector that has none.
  package let company: CompanyID?
  package let list: ListID

  package init(company: CompanyID?, list: ListID) {
    self.company = company
    self.list = list
  }
}

/// How one grant did in step 6.
package struct GrantTrial: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    case covers(AccessBlock)
    /// The first condition that it failed.
    case fails(GrantCondition)
    /// It is not in force.
    case lapsed(Lapse)
  }

  package let grant: GrantID
  package let subject: SubjectID
  package let outcome: Outcome

  package init(grant: GrantID, subject: SubjectID, outcome: Outcome) {
    self.grant = grant
    self.subject = subject
    self.outcome = outcome
  }

  package var block: AccessBlock? { if case .covers(let block) = outcome { block } else { nil } }
}

/// Whether a request is allowed, and the whole reason. It holds ids; words are made when asked for.
package struct Decision: Hashable, Sendable {
  package let token: StepResult<TokenRowID, TokenFailure>
  package let limits: StepResult<LimitsBasis, LimitsFailure>
  package let user: StepResult<SubjectID, UserFailure>
  package let surface: StepResult<HeldRole, SurfaceFailure>
  package let catalogue: StepResult<ConnectorID, CatalogueFailure>
  package let grant: StepResult<GrantBasis, GrantFailure>
  /// What the request located; nil where the catalogue lacks it.
  package let located: Located?
  /// Each grant considered, in the order handed in; also where an earlier step failed.
  package let trials: [GrantTrial]

  /// The first step that failed; nil where it is allowed.
  package var deniedStep: DecisionStep? {
    if !token.passes { return .token }
    if !limits.passes { return .limits }
    if !user.passes { return .user }
    if !surface.passes { return .surface }
    if !catalogue.passes { return .catalogue }
    return grant.passes ? nil : .grant
  }

  package var isAllowed: Bool { deniedStep == nil }

  package func passes(_ step: DecisionStep) -> Bool {
    switch step {
    case .token: token.passes
    case .limits: limits.passes
    case .user: user.passes
    case .surface: surface.passes
    case .catalogue: catalogue.passes
    case .grant: grant.passes
    }
  }

  /// What is allowed, a block for each that gives it; empty where it is denied. Blocks may overlap.
  package var blocks: [AccessBlock] {
    guard isAllowed, case .held(let basis) = grant else { return [] }
    if case .administrator = basis, let located {
      return [AccessBlock(companies: located.companies, lists: located.lists)]
    }
    return trials.compactMap(\.block)
  }

  /// Exactly what is allowed, each pair once: by company, then list, in the order of the catalogue
  /// handed in. Empty where it is denied.
  package var pairs: [AccessPair] { located.map { blocks.pairs(in: $0) } ?? [] }
}

extension [AccessBlock] {
  /// The pairs of all the blocks, each once, in the order of what was located.
  package func pairs(in located: Located) -> [AccessPair] {
    if isEmpty { return [] }
    if count == 1, let only = first { return only.pairs }
    let union = reduce(into: Set<AccessPair>()) { $0.formUnion($1.pairs) }
    return AccessBlock(companies: located.companies, lists: located.lists).pairs.filter(union.contains)
  }
}

extension AccessBlock {
  package var pairs: [AccessPair] {
    guard let companies else { return lists.map { AccessPair(company: nil, list: $0) } }
    return companies.flatMap { company in lists.map { AccessPair(company: company, list: $0) } }
  }
}
