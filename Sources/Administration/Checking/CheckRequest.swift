package import Access
package import Sealing

/// Something that is asked about, by name or by id.
package enum Reference<Kind>: Hashable, Sendable {
  case named(Name)
  case id(Identifier<Kind>)
  /// A text that can't be anybody's name; it is not repeated.
  case noName

  package init(text: String) { self = (try? Name(text)).map(Self.named) ?? .noName }
}

/// A request as people and programs ask it: by names. What is unknown of it is a denial; only an
/// unknown user, API user or team is an error, since there is nobody to decide about.
package struct CheckRequest: Hashable, Sendable {
  package enum Asker: Hashable, Sendable {
    /// Whoever has this Token ID.
    case tokenID(TokenID)
    /// Whoever has the Token ID that is looked up by these, so that it need not be kept itself.
    case hashes(TokenIDHashes)
    /// Whoever has shown this Token ID before.
    case presented(PresentedTokenID)
    /// A text that is no Token ID.
    case malformedTokenID(TokenIDProblem)
    /// Nobody said who; a token is needed.
    case noToken
    /// A user or API user with one of its tokens.
    case token(Reference<Token>, of: AccountReference)
    /// "What could this user see": steps 1 and 2 are skipped.
    case account(AccountReference)
    /// What a team gives.
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
  /// Replaces the clock for expiry; nil: now.
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

/// A user or an API user that is asked about.
package struct AccountReference: Hashable, Sendable {
  package var kind: AccountKind
  package var account: Reference<Account>

  package init(_ kind: AccountKind, _ account: Reference<Account>) {
    self.kind = kind
    self.account = account
  }
}

extension CheckRequest.Asker {
  /// Whoever has the Token ID that was pasted: it alone, or an address that carries it.
  package init(pasted: String) {
    do { self = .tokenID(try PastedTokenID.parse(pasted)) } catch { self = .malformedTokenID(error) }
  }
}
