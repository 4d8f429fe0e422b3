/// What a condition asks about.
package enum ConditionKey: String, Hashable, Sendable, CaseIterable {
  case user
  case apiUser = "api-user"
  case team, role, owner, label, state, ends, unused, used, created, network, connector, kind
}

/// The characters that join the key and the value of a condition.
package enum ConditionOperator: String, Hashable, Sendable, CaseIterable {
  case equals = ":"
  case less = "<"
  case more = ">"
}

/// What can be asked about one key: in which lists, and by which values.
///
/// Reading, help and errors are made of the table ``all``.
package struct ConditionRule: Hashable, Sendable {
  package let key: ConditionKey
  let lists: Set<ListedKind>
  let form: Form
  /// What the condition finds, in a few words.
  package let meaning: String

  /// The values that a condition takes.
  enum Form: Hashable, Sendable {
    /// The whole name of a thing.
    case name
    case owner, label, state, kind, network
    /// A time from now, an instant, or `never`.
    case end
    /// An age, an instant, or a day. Where the thing may never have happened, also `never`.
    case past(mayBeNever: Bool)
    /// An age alone.
    case age
  }

  package static let all: [ConditionRule] = [
    ConditionRule(.user, [.tokens], .name, "of the user or API user of this name"),
    ConditionRule(.user, [.grants], .name, "given to this user"),
    ConditionRule(.user, [.laws], .name, "that name this user"),
    ConditionRule(.apiUser, [.tokens], .name, "of this API user"),
    ConditionRule(.apiUser, [.grants], .name, "given to this API user"),
    ConditionRule(.apiUser, [.laws], .name, "that name this API user, or except it"),
    ConditionRule(.team, [.tokens], .name, "of members of this team"),
    ConditionRule(.team, [.apiUsers, .users], .name, "members of this team now"),
    ConditionRule(.team, [.grants], .name, "given to this team"),
    ConditionRule(.team, [.laws], .name, "that name this team"),
    ConditionRule(
      .role, [.apiUsers, .users], .name, "who have this system role now, themselves or by a team"),
    ConditionRule(.role, [.teams], .name, "that give this system role now"),
    ConditionRule(.owner, [.tokens, .apiUsers], .owner, "for which this owner answers; owner: for nobody"),
    ConditionRule(.label, [.tokens, .apiUsers], .label, "with this label, or with any value of the key"),
    ConditionRule(.label, [.laws], .label, "that name this label, or any value of the key"),
    ConditionRule(
      .state, [.tokens, .apiUsers, .users, .grants, .catalogue, .widgets], .state, "in this state"),
    ConditionRule(.state, [.laws], .state, "that refuse, or only report"),
    ConditionRule(
      .ends, [.tokens], .end, "that end within or after a time; revoked and disabled ones left out"),
    ConditionRule(.ends, [.apiUsers], .end, "with a token that ends within or after a time"),
    ConditionRule(.ends, [.grants], .end, "that end within or after a time"),
    ConditionRule(.unused, [.tokens], .age, "live and unused for more or less than a time, as review counts"),
    ConditionRule(.unused, [.apiUsers], .age, "of whose tokens none was used for more or less than a time"),
    ConditionRule(
      .used, [.tokens, .apiUsers], .past(mayBeNever: true), "last used less or more than a time ago"),
    ConditionRule(
      .created, [.tokens, .apiUsers, .users, .teams], .past(mayBeNever: false),
      "made less or more than a time ago"),
    ConditionRule(.network, [.tokens], .network, "limited to this network; network: for no such limit"),
    ConditionRule(.connector, [.grants], .name, "on this connector"),
    ConditionRule(.connector, [.catalogue, .widgets], .name, "of this connector"),
    ConditionRule(.connector, [.laws], .name, "about this connector"),
    ConditionRule(.kind, [.catalogue], .kind, "of this kind"),
    ConditionRule(.kind, [.laws], .kind, "of this form"),
  ]

  private init(_ key: ConditionKey, _ lists: Set<ListedKind>, _ form: Form, _ meaning: String) {
    (self.key, self.lists, self.form, self.meaning) = (key, lists, form, meaning)
  }

  /// The rules of a list, in the order of the table.
  package static func rules(of kind: ListedKind) -> [ConditionRule] { all.filter { $0.lists.contains(kind) } }

  var operators: [ConditionOperator] {
    switch form {
    case .name, .owner, .label, .state, .kind, .network: [.equals]
    case .end, .past: [.less, .more, .equals]
    case .age: [.less, .more]
    }
  }

  /// How the condition is written, as in `ends<14d` or `state:live`.
  package func examples(in kind: ListedKind) -> [String] {
    let key = key.rawValue
    switch form {
    case .name: return ["\(key):NAME"]
    case .owner: return ["\(key):user:NAME", "\(key):TEXT", "\(key):"]
    case .label: return ["\(key):env=prod", "\(key):env"]
    case .state: return kind.states.map { "\(key):\($0.word)" }
    case .kind: return kind.kinds.map { "\(key):\($0.word)" }
    case .network: return ["\(key):10.0.0.0/8", "\(key):"]
    case .end: return ["\(key)<14d", "\(key)>2027-02-21", "\(key):never"]
    case .past(let mayBeNever):
      return ["\(key)<30d", "\(key)>2026-11-23", mayBeNever ? "\(key):never" : "\(key):2026-11-23"]
    case .age: return ["\(key)>90d", "\(key)<12h"]
    }
  }
}
