internal import Access
internal import Store

// Values as they stand in an undo document, and back. What can't be read back is damage, or was written by
// a later popsec: such a change can't be undone.

/// What stands in an undo document can't be read.
struct UnreadableUndo: Error {}

func saved<Kind>(_ ids: some Sequence<Identifier<Kind>>) -> [SavedID] { ids.sorted().map(\.description) }

extension SavedID {
  func identifier<Kind>() throws -> Identifier<Kind> {
    guard let id = Identifier<Kind>(self) else { throw UnreadableUndo() }
    return id
  }

  func value<Value: RawRepresentable<String>>() throws -> Value {
    guard let value = Value(rawValue: self) else { throw UnreadableUndo() }
    return value
  }

  func savedName() throws -> Name { try read { try Name(self) } }
  func savedSummary() throws -> Summary { try read { try Summary(self) } }

  private func read<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch { throw UnreadableUndo() }
  }
}

extension [SavedID] {
  func identifiers<Kind>() throws -> Set<Identifier<Kind>> { Set(try map { try $0.identifier() }) }
}

extension SavedSubject {
  init(_ subject: SubjectID, isUser: Bool) {
    switch subject {
    case .account(let id): self = .account(id.description, isUser: isUser)
    case .team(let id): self = .team(id.description)
    }
  }

  var subject: SubjectID {
    get throws {
      switch self {
      case .account(let id, _): .account(try id.identifier())
      case .team(let id): .team(try id.identifier())
      }
    }
  }
}

extension SavedAccount {
  init(_ general: AccountGeneral) {
    self.init(
      name: general.name.text, isEnabled: general.isEnabled, unixAccount: general.unixAccount?.text)
  }

  var general: AccountGeneral {
    get throws {
      let unix = try unixAccount.map { text in
        guard let name = UnixAccountName(text) else { throw UnreadableUndo() }
        return name
      }
      return AccountGeneral(name: try name.savedName(), isEnabled: isEnabled, unixAccount: unix)
    }
  }
}

extension SavedTeam {
  init(_ general: TeamGeneral) { self.init(name: general.name.text, summary: general.summary.text) }

  var general: TeamGeneral {
    get throws { TeamGeneral(name: try name.savedName(), summary: try summary.savedSummary()) }
  }
}

extension SavedRole {
  init(_ content: RoleContent) {
    self.init(
      name: content.name.text, summary: content.summary.text,
      permissions: content.permissions.map(\.rawValue).sorted())
  }

  var content: RoleContent {
    get throws {
      RoleContent(
        name: try name.savedName(), summary: try summary.savedSummary(),
        permissions: Set(try permissions.map { try $0.value() }))
    }
  }
}

extension SystemRole {
  /// The name of a built-in one, else `role:` and the id.
  var savedText: String {
    switch self {
    case .builtIn(let role): role.rawValue
    case .custom(let id): "role:\(id)"
    }
  }

  init(saved text: String) throws {
    if text.hasPrefix("role:") {
      self = .custom(try String(text.dropFirst(5)).identifier())
    } else {
      self = .builtIn(try text.value())
    }
  }
}

extension SavedToken {
  init(_ token: Token) {
    self.init(
      name: token.name.text, expiresAt: token.expiry.timestamp?.secondsSince1970,
      isDisabled: token.isDisabled, limits: Limits(token.limits))
  }

  var expiry: Expiry {
    get throws {
      guard let expiresAt else { return .never }
      guard let end = Timestamp(secondsSince1970: expiresAt) else { throw UnreadableUndo() }
      return .at(end)
    }
  }
}

extension SavedToken.Limits {
  init(_ limits: TokenLimits) {
    self.init(
      widgets: saved(limits.widgets), endpoints: saved(limits.endpoints),
      networks: limits.networks.map(\.description).sorted(), requestsPerMinute: limits.requestsPerMinute)
  }

  var limits: TokenLimits {
    get throws {
      let networks = try networks.map { text in
        guard let network = Network(text) else { throw UnreadableUndo() }
        return network
      }
      return TokenLimits(
        widgets: try widgets.identifiers(), endpoints: try endpoints.identifiers(), networks: Set(networks),
        requestsPerMinute: requestsPerMinute)
    }
  }
}

extension SavedPermissions {
  init(_ permissions: Permissions, gone: GoneParts = GoneParts()) {
    self.init(
      roles: permissions.roles.map(\.rawValue).sorted(),
      companies: permissions.companies.only.map { saved($0) },
      lists: permissions.lists.only.map { saved($0) },
      items: Dictionary(
        uniqueKeysWithValues: permissions.items.map { kind, coverage in
          (kind.rawValue, Items(only: coverage.only.map(Self.pairs)))
        }), goneCompanies: saved(gone.companies), goneLists: saved(gone.lists), goneItems: saved(gone.items))
  }

  private static func pairs(_ items: Set<ListItem>) -> [[SavedID]] {
    items.sorted { ($0.list, $0.item) < ($1.list, $1.item) }.map {
      [$0.list.description, $0.item.description]
    }
  }

  var permissions: Permissions {
    get throws {
      var coverage: [ItemKind: Coverage<ListItem>] = [:]
      for (kind, items) in items { coverage[try kind.value()] = try items.coverage }
      return Permissions(
        roles: Set(try roles.map { try $0.value() }),
        companies: try companies.map { .only(try $0.identifiers()) } ?? .all,
        lists: try lists.map { .only(try $0.identifiers()) } ?? .all, items: coverage)
    }
  }

  var goneParts: GoneParts {
    get throws {
      GoneParts(
        companies: try goneCompanies.map { try $0.identifier() },
        lists: try goneLists.map { try $0.identifier() },
        items: try goneItems.map { try $0.identifier() })
    }
  }
}

extension SavedPermissions.Items {
  fileprivate var coverage: Coverage<ListItem> {
    get throws {
      guard let only else { return .all }
      let items = try only.map { pair in
        guard pair.count == 2 else { throw UnreadableUndo() }
        return ListItem(list: try pair[0].identifier(), item: try pair[1].identifier())
      }
      return .only(Set(items))
    }
  }
}
