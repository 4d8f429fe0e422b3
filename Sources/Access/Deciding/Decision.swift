/// The six steps of `domain.md`, "When access is allowed", in their order.
package enum DecisionStep: String, Hashable, Sendable, CaseIterable, Codable {
  case token, limits, user, surface, catalogue, grant
}

/// The result of one step.
package enum StepResult<Basis: Hashable & Sendable, Failure: Hashable & Sendable>: Hashable, Sendable {
  /// The step held, by virtue of its basis.
  case held(Basis)
  case failed(Failure)
  /// The request names no token, so that there is nothing to check.
  case skipped
  /// An earlier failure left nothing on which the step could be evaluated.
  case notEvaluated
  /// The question contradicts itself, which is a denial.
  case inconsistent(Inconsistency)

  package var passes: Bool {
    switch self {
    case .held, .skipped: true
    case .failed, .notEvaluated, .inconsistent: false
    }
  }
}

/// What is contradictory in a question.
package enum Inconsistency: Hashable, Sendable {
  /// The token belongs to another account.
  case tokenOfAnother(TokenRowID)
  /// Neither the subject nor one of its teams holds this role.
  case roleOfAnother(SubjectID)
  /// Neither the subject nor one of its teams has this grant.
  case grantOfAnother(GrantID)
  /// One subject has two grants on one connector.
  case twoGrants(GrantID, GrantID)
  /// The catalogue facts do not belong to what the request asks for.
  case otherCatalogue
  /// The subject is missing, though the token is known or none is needed.
  case nobody
}

package enum TokenFailure: Hashable, Sendable {
  case unknown(UnknownToken)
  /// The token is revoked, disabled, expired or not yet valid. Where several apply, this is the strongest.
  case notLive(TokenRowID, TokenState)
  /// The token is live, but this older Token ID of the token is no longer valid.
  case replaced(TokenRowID)
}

/// The limits of a token that a request meets.
package struct LimitsBasis: Hashable, Sendable {
  /// Whether the token is limited to widgets and endpoints.
  package let isLimitedToPlaces: Bool
  /// The network of the token's limits in which the source lies; nil where the token has no such limit.
  package let network: Network?

  package init(isLimitedToPlaces: Bool, network: Network?) {
    self.isLimitedToPlaces = isLimitedToPlaces
    self.network = network
  }
}

package enum LimitsFailure: Hashable, Sendable {
  /// The token is limited to other widgets and endpoints.
  case place(TokenRowID)
  /// The token is limited to networks, and the source of the request is not known.
  case noSource(TokenRowID)
  /// The source lies in none of the token's networks.
  case network(TokenRowID, IPAddress)
}

package enum UserFailure: Hashable, Sendable {
  case disabled(AccountID)
}

package enum SurfaceFailure: Hashable, Sendable {
  /// No role of the subject or its teams opens this surface.
  case noRole(SurfaceKind)
  /// Some roles would open the surface, but none of them is in force. This case names the first of them.
  case lapsed(SurfaceKind, HeldRole, Lapse)
}

package enum CatalogueFailure: Hashable, Sendable {
  case unknownWidget, unknownEndpoint, unknownConnector
  case disabledWidget(WidgetID)
  case disabledEndpoint(EndpointID)
  case methodNotTaken(EndpointID, HTTPMethod)
  case unknownCompany
  /// The request names a company on a connector that has none.
  case connectorWithoutCompanies(ConnectorID)
  case unknownList
  /// The request asks the API for no list.
  case noList
  case listNotOfWidget(WidgetID, ListID)
  case listNotOfEndpoint(EndpointID, ListID)
  /// All lists of the widget or endpoint have left the catalogue.
  case noListLeft
  /// None of the lists that the request could mean has such an item.
  case unknownItem(ItemKind)
}

/// What gives the access in step 6.
package enum GrantBasis: Hashable, Sendable {
  /// The system role Administrator, which this subject was given.
  case administrator(SubjectID)
  /// These grants, each of which gives access by itself.
  case grants([GrantID])
}

package enum GrantFailure: Hashable, Sendable {
  /// The subject has no grant on the connector.
  case noGrant
  /// None of the grants covers what the request located; the trials say why.
  case noneCovers
}

/// The conditions a to d of step 6.
package enum GrantCondition: String, Hashable, Sendable, CaseIterable {
  case role = "a"
  case company = "b"
  case list = "c"
  case item = "d"
}

/// The allowed companies and lists of one grant: each of the companies is allowed with each of the lists.
package struct AccessBlock: Hashable, Sendable {
  /// The companies, at least one; nil on a connector that has no companies.
  package let companies: [CompanyID]?
  /// The lists, at least one.
  package let lists: [ListID]

  package init(companies: [CompanyID]?, lists: [ListID]) {
    self.companies = companies
    self.lists = lists
  }
}

/// A company with a list.
package struct AccessPair: Hashable, Sendable {
  /// The company; nil on a connector that has none.
  package let company: CompanyID?
  package let list: ListID

  package init(company: CompanyID?, list: ListID) {
    self.company = company
    self.list = list
  }
}

/// What step 6 found about one grant.
package struct GrantTrial: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    case covers(AccessBlock)
    /// The first condition that the grant failed.
    case fails(GrantCondition)
    /// The grant is not in force.
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

/// Whether a request is allowed, and the whole reason. A decision holds ids; the words are made when somebody
/// asks for them.
package struct Decision: Hashable, Sendable {
  package let token: StepResult<TokenRowID, TokenFailure>
  package let limits: StepResult<LimitsBasis, LimitsFailure>
  package let user: StepResult<SubjectID, UserFailure>
  package let surface: StepResult<HeldRole, SurfaceFailure>
  package let catalogue: StepResult<ConnectorID, CatalogueFailure>
  package let grant: StepResult<GrantBasis, GrantFailure>
  /// What the request located; nil where the catalogue does not have it.
  package let located: Located?
  /// The trial of each grant, in the order of the question's grants. Grants are tried where an earlier step
  /// failed, too.
  package let trials: [GrantTrial]

  /// The first step that failed; nil where the request is allowed.
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

  /// What is allowed: one block for each grant or role that gives it. Blocks may overlap. There is none where
  /// the request is denied.
  package var blocks: [AccessBlock] {
    guard isAllowed, case .held(let basis) = grant else { return [] }
    if case .administrator = basis, let located {
      return [AccessBlock(companies: located.companies, lists: located.lists)]
    }
    return trials.compactMap(\.block)
  }

  /// Exactly what is allowed, each pair once: by company, then by list, in the order of the question's
  /// catalogue. It is empty where the request is denied.
  package var pairs: [AccessPair] { located.map { blocks.pairs(in: $0) } ?? [] }
}

extension [AccessBlock] {
  /// The pairs of all the blocks, each pair once, in the order of what was located.
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
