/// Something that a request names, looked up in the store.
package enum Sought<ID: Hashable & Sendable>: Hashable, Sendable {
  case found(ID)
  /// No living thing has this name where it was looked for.
  case unknown

  package var id: ID? { if case .found(let id) = self { id } else { nil } }
}

/// The token that a request came with.
package enum PresentedToken: Hashable, Sendable {
  /// The request names no token, and steps 1 and 2 are skipped. This asks "what could this user see".
  case none
  case unknown(UnknownToken)
  case known(Token)

  package var known: Token? { if case .known(let token) = self { token } else { nil } }
}

/// Why the token of a request was not found.
package enum UnknownToken: Hashable, Sendable {
  /// The text is no Token ID. Mostly its checksum is wrong.
  case malformed(TokenIDProblem)
  /// No token has this Token ID.
  case tokenID
  /// The user or API user has no token of this name.
  case tokenName
  /// The request carries no token.
  case missing
}

/// Where a request comes in.
package enum RequestedSurface: Hashable, Sendable {
  case widget(Sought<WidgetID>)
  /// A HEAD request counts as GET.
  case endpoint(Sought<EndpointID>, HTTPMethod)
  case api(Sought<ConnectorID>)
}

/// An action, a detail or a list action, as a request names it: by kind and name. Each list that the request
/// could mean may have one of this name.
package struct RequestedItem: Hashable, Sendable {
  package let kind: ItemKind
  /// The living items of this name in the lists that the request could mean; empty where there are none.
  package let found: [ListItem]

  package init(kind: ItemKind, found: [ListItem]) {
    self.kind = kind
    self.found = found
  }
}

/// A request after every name was looked up. It holds ids only: no name and no secret.
package struct AccessRequest: Hashable, Sendable {
  package var token: PresentedToken
  /// The older Token ID that was presented; nil where the newest one was presented, or none.
  package var replaced: ReplacedTokenID?
  package var surface: RequestedSurface
  /// The company asked for; nil asks for any company of the connector.
  package var company: Sought<CompanyID>?
  /// The list asked for; nil asks for any of the widget's lists, or for the endpoint's list.
  package var list: Sought<ListID>?
  package var item: RequestedItem?
  /// The address from which the request came; nil where it is not known.
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

/// A request together with all that it touches. ``decide(_:)`` needs nothing else.
package struct AccessQuestion: Hashable, Sendable {
  package var request: AccessRequest
  /// What the asking subject has; nil where the token is unknown, so that nobody knows who asks.
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
