package import Access
package import Sealing

/// A thing that a request names, by name or by id.
package enum Reference<Kind>: Hashable, Sendable {
  case named(Name)
  case id(Identifier<Kind>)
  /// A text that can't be a name. It is not repeated in messages.
  case noName

  package init(text: String) { self = (try? Name(text)).map(Self.named) ?? .noName }
}

/// A request by names, as people and programs ask. An unknown name leads to a denial. Only an unknown user,
/// API user or team is an error, because there is nobody to decide about.
package struct CheckRequest: Hashable, Sendable {
  package enum Asker: Hashable, Sendable {
    /// The holder of this Token ID.
    case tokenID(TokenID)
    /// The holder of the Token ID with these hashes, so that the Token ID itself need not be kept.
    case hashes(TokenIDHashes)
    /// The holder of a Token ID that was presented before.
    case presented(PresentedTokenID)
    /// A text that is not a Token ID.
    case malformedTokenID(TokenIDProblem)
    /// Nobody is named, although a token is needed.
    case noToken
    /// A user or API user with one of its tokens.
    case token(Reference<Token>, of: AccountReference)
    /// A user or API user without a token: "what could this user see". Steps 1 and 2 are skipped.
    case account(AccountReference)
    /// A team: what the team gives its members.
    case team(Reference<Team>)
  }

  package enum Surface: Hashable, Sendable {
    case widget(Reference<Widget>)
    case endpoint(Reference<Endpoint>, HTTPMethod)
    case api(Reference<Connector>)
  }

  package struct ItemReference: Hashable, Sendable {
    package var kind: ItemKind
    package var item: Reference<Item>

    package init(_ kind: ItemKind, _ item: Reference<Item>) {
      self.kind = kind
      self.item = item
    }
  }

  package var asker: Asker
  package var surface: Surface
  package var company: Reference<Company>?
  package var list: Reference<CatalogueList>?
  package var item: ItemReference?
  /// The time at which the request is decided; nil means now.
  package var at: Timestamp?
  package var source: IPAddress?

  package init(
    asker: Asker, surface: Surface, company: Reference<Company>? = nil, list: Reference<CatalogueList>? = nil,
    item: ItemReference? = nil, at: Timestamp? = nil, source: IPAddress? = nil
  ) {
    self.asker = asker
    self.surface = surface
    self.company = company
    self.list = list
    self.item = item
    self.at = at
    self.source = source
  }
}

/// A user or an API user that a request names.
package struct AccountReference: Hashable, Sendable {
  package var kind: AccountKind
  package var account: Reference<Account>

  package init(_ kind: AccountKind, _ account: Reference<Account>) {
    self.kind = kind
    self.account = account
  }
}

extension CheckRequest.Asker {
  /// The holder of the pasted Token ID; the text may also be an address that carries one.
  package init(pasted: String) {
    do { self = .tokenID(try PastedTokenID.parse(pasted)) } catch { self = .malformedTokenID(error) }
  }
}
