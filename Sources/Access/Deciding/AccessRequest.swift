/// Something that a request names, looked up in the store.
package enum Sought<ID: Hashable & Sendable>: Hashable, Sendable {
  case found(ID)
  /// There is nothing living of that name where it was looked for.
  case unknown

  package var id: ID? { if case .found(let id) = self { id } else { nil } }
}

/// The token that a request came with.
package enum PresentedToken: Hashable, Sendable {
  /// None is named, and steps 1 and 2 are skipped: "what could this user see".
  case none
  case unknown(UnknownToken)
  case known(Token)

  package var known: Token? { if case .known(let token) = self { token } else { nil } }
}

/// How a token that a request names is not there.
package enum UnknownToken: Hashable, Sendable {
  /// It is no Token ID; a wrong checksum, above all.
  case malformed(TokenIDProblem)
  /// No token has this Token ID.
  case tokenID
  /// The user or API user has no token of this name.
  case tokenName
  /// The request carries none.
  case missing
}

/// Where a request comes in.
package enum RequestedSurface: Hashable, Sendable {
  case widget(Sought<WidgetID>)
  /// HEAD counts as GET.
  case endpoint(Sought<EndpointID>, HTTPMethod)
  case api(Sought<ConnectorID>)
}

/// An action, a detail or a list action, as a request names it: by kind and name, so that each list
/// meant may have one.
package struct RequestedItem: Hashable, Sendable {
  package let kind: ItemKind
  /// The living ones of that name, of the lists that the request could mean; empty where there are none.
  package let found: [ListItem]

  package init(kind: ItemKind, found: [ListItem]) {
    self.kind = kind
    self.found = found
  }
}

/// What is asked, after every name was looked up. Ids alone: no name, no secret.
package struct AccessRequest: Hashable, Sendable {
  package var token: PresentedToken
  /// Nil where the token's newest Token ID was presented, or none.
  package var replaced: ReplacedTokenID?
  package var surface: RequestedSurface
  /// Nil: any company of the connector.
  package var company: Sought<CompanyID>?
  /// Nil: any of the widget's lists, or the endpoint's list.
  package var list: Sought<ListID>?
  package var item: RequestedItem?
  /// Where the request came from; nil where nobody said.
  package var source: IPAddress?

  package init(
    token: PresentedToken = .none, replaced: ReplacedTokenID? = nil, surface: RequestedSurface,
    company: Sought<CompanyID>? = nil, list: Sought<ListID>? = nil, item: RequestedItem? = nil,
    source: IPAddress? = nil
  ) {
    self.token = token
    self.replaced = replaced
    self.surface = surface
    self.company = company
    self.list = list
    self.item = item
    self.source = source
  }
}

/// A request together with all that it touches: what ``decide(_:)`` needs, and nothing else.
package struct AccessQuestion: Hashable, Sendable {
  package var request: AccessRequest
  /// Nil where the token is unknown, so that nobody knows who asks.
  package var access: SubjectAccess?
  package var catalogue: CatalogueFacts
  /// The time of the request.
  package var now: Timestamp

  package init(request: AccessRequest, access: SubjectAccess?, catalogue: CatalogueFacts, now: Timestamp) {
    self.request = request
    self.access = access
    self.catalogue = catalogue
    self.now = now
  }
}
