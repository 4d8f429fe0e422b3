package import Access

/// A condition on a thing of a list, with all its names looked up.
package struct Condition: Hashable, Sendable {
  package let test: Test
  package let isNegated: Bool

  package init(_ test: Test, isNegated: Bool = false) { (self.test, self.isNegated) = (test, isNegated) }

  package enum Test: Hashable, Sendable {
    /// The name has this part.
    case named(SearchText)
    /// A token whose name, or the name of whose user, has the part.
    case namedOrHeld(SearchText)
    /// The thing is of one of these accounts.
    case accounts(Set<AccountID>)
    case team(TeamID)
    case role(SystemRole)
    /// One of these owners; none: nobody.
    case owners(Set<Owner>)
    case label(Label)
    case labelKey(String)
    case state(ConditionState)
    case kind(CatalogueKind)
    /// Nil: no network.
    case network(Network?)
    case connector(ConnectorID)
    /// The key is one of a time. Nil: never.
    case time(ConditionKey, TimeRange?)
  }
}

/// Conditions that must all hold, at one instant.
package struct Conditions: Hashable, Sendable {
  package var all: [Condition]
  /// The instant at which states are asked, and which memberships and roles are in force.
  package let now: Timestamp

  package static let none = Conditions()

  package init(_ all: [Condition] = [], at now: Timestamp = .distantPast) {
    (self.all, self.now) = (all, now)
  }

  package var isEmpty: Bool { all.isEmpty }

  /// The tests of the conditions that are not negated.
  package var required: [Condition.Test] { all.filter { !$0.isNegated }.map(\.test) }

  /// Whether all conditions hold by a function that decides about one test.
  package func hold(_ holds: (Condition.Test) -> Bool) -> Bool {
    all.allSatisfy { holds($0.test) != $0.isNegated }
  }
}

extension Conditions {
  package func hold(for grant: Grant, of subject: String) -> Bool {
    hold { test in
      switch test {
      case .named(let part): part.matches(subject)
      case .accounts(let ids): if case .account(let id) = grant.subject { ids.contains(id) } else { false }
      case .team(let id): grant.subject == .team(id)
      case .connector(let id): grant.connector == id
      case .state(let state): state == Self.standing(grant.permissions.bounds.standing(at: now))
      case .time(_, let range):
        grant.permissions.bounds.until.map { range?.contains($0) ?? false } ?? (range == nil)
      default: false
      }
    }
  }

  private static func standing(_ standing: Standing) -> ConditionState {
    switch standing {
    case .inForce: .inForce
    case .begins: .toCome
    case .ended: .ended
    }
  }

  package func hold(for connector: Connector) -> Bool {
    hold { test in
      switch test {
      case .named(let part): part.matches(connector.name.text)
      case .connector(let id): connector.id == id
      case .kind(let kind): kind == .connector
      default: false
      }
    }
  }

  package func hold(for widget: Widget) -> Bool {
    hold { test in
      switch test {
      case .named(let part): part.matches(widget.name.text)
      case .connector(let id): widget.connector == id
      case .kind(let kind): kind == .widget
      case .state(.isEnabled(let isEnabled)): widget.isEnabled == isEnabled
      case .state(.open): widget.isEnabled && widget.isOpen
      default: false
      }
    }
  }

  package func hold(for endpoint: Endpoint) -> Bool {
    hold { test in
      switch test {
      case .named(let part): part.matches(endpoint.name.text)
      case .connector(let id): endpoint.connector == id
      case .kind(let kind): kind == .endpoint
      case .state(.isEnabled(let isEnabled)): endpoint.isEnabled == isEnabled
      default: false
      }
    }
  }
}
