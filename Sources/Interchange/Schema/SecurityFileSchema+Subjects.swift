import Access

/// The members of roles, teams, users and API users, and of what belongs to them.
extension SecurityFileSchema {
  static func member(_ key: RoleKey) -> JSONSchema {
    switch key {
    case .name: .definition("name")
    case .description: .text
    case .permissions: set(of: .words(Permission.allCases.map(\.rawValue)))
    }
  }

  static func member(_ key: TeamKey) -> JSONSchema {
    switch key {
    case .name: .definition("name")
    case .description: .text
    case .roles: all(of: "held")
    case .grants: all(of: "grant")
    }
  }

  static func member(_ key: APIUserKey) -> JSONSchema {
    switch key {
    case .name: .definition("name")
    case .enabled: flag(default: true)
    case .ownerOfIt: .definition("owner")
    case .note: .text
    case .labels: .definition("labels")
    case .teams, .roles: all(of: "held")
    case .grants: all(of: "grant")
    case .tokens: all(of: "token")
    }
  }

  static func member(_ key: UserKey) -> JSONSchema {
    switch key {
    case .name: .definition("name")
    case .unix: .text(matching: "^[A-Za-z_][A-Za-z0-9_.-]{0,31}$")
    case .keys: set(of: .text(matching: "^(ssh-|ecdsa-sha2-|sk-ssh-|sk-ecdsa-sha2-)[^ ]* [^ ]"))
    case .enabled: flag(default: true)
    case .teams, .roles: all(of: "held")
    case .grants: all(of: "grant")
    case .tokens: all(of: "token")
    }
  }

  static func member(_ key: HeldKey) -> JSONSchema {
    switch key {
    case .name: .definition("name")
    case .from, .until: .definition("instant")
    }
  }

  static func member(_ key: GrantKey) -> JSONSchema {
    switch key {
    case .connector: .definition("name")
    case .roles: set(of: .words(ConnectorRole.allCases.map(\.rawValue)))
    case .companies, .lists: coverage(of: .definition("name"))
    case .actions, .details, .listActions: coverage(of: .definition("item"))
    case .from, .until: .definition("instant")
    }
  }

  static func member(_ key: GrantedItemKey) -> JSONSchema { .definition("name") }

  static func member(_ key: OwnerKey) -> JSONSchema { .definition("name") }

  static func member(_ key: TokenKey) -> JSONSchema {
    switch key {
    case .name: .definition("name")
    case .from: .definition("instant")
    case .expires: .definition("expiry")
    case .disabled: flag(default: false)
    case .widgets, .endpoints: names
    case .networks: set(of: .text)
    case .ratePerMinute: rate
    case .ownerOfIt: .definition("owner")
    case .note: .text
    case .labels: .definition("labels")
    }
  }

  static let rate = JSONSchema.integer.with([
    ("minimum", .literal(String(TokenLimits.requestsPerMinuteRange.lowerBound))),
    ("maximum", .literal(String(TokenLimits.requestsPerMinuteRange.upperBound))),
  ])
}
