package import Access

/// The command that makes a law anew.
package struct LawCommand {
  private let law: Law<AsWritten>
  private typealias Option = PopsecCommand.Option

  package init(_ law: Law<AsWritten>) { self.law = law }

  /// The words of the command, which asks before it adds the law.
  package var words: [String] {
    PopsecCommand(["law", "add"], [law.name.text], reason + form + who(law.form.who) + mode + exceptions)
      .allWords
  }

  private var reason: [Option] { law.reason.text.isEmpty ? [] : [Option("reason", law.reason.text)] }
  private var mode: [Option] { law.mode == .watch ? [Option("watch")] : [] }

  private var exceptions: [Option] {
    law.exceptions.sorted { $0.key.text < $1.key.text }.map { Option("except", "\($0.key.text)=\($0.value)") }
  }

  private var form: [Option] {
    switch law.form {
    case .never(_, let what): [Option("never")] + part(what, "")
    case .apart(_, let what, let other): [Option("apart")] + part(what, "") + part(other, "and-")
    case .within(_, let team): [Option("within", team.text)]
    case .tokens(_, let demands): tokens(demands)
    case .owned: [Option("owned")]
    }
  }

  private func tokens(_ demands: TokenDemands) -> [Option] {
    var options = demands.maximumDays.map { [Option("max-days", String($0))] } ?? []
    if demands.isExpiring { options.append(Option("expiring")) }
    if demands.needsNetworks { options.append(Option("networks-required")) }
    if demands.needsPlaces { options.append(Option("limited")) }
    if let days = demands.unusedDays { options.append(Option("unused-days", String(days))) }
    return options
  }

  private func part(_ what: LawWhat<AsWritten>, _ prefix: String) -> [Option] {
    var options = [Option(prefix + "connector", what.connector.text)]
    options += named(prefix + "company", what.companies.only)
    options += named(prefix + "list", what.lists.only)
    for kind in ItemKind.allCases {
      guard let coverage = what.items[kind] else { continue }
      guard let items = coverage.only else {
        options.append(Option("\(prefix)all-\(kind.option)s"))
        continue
      }
      options += items.map { "\($0.list.text): \($0.item.text)" }.sorted().map {
        Option(prefix + kind.option, $0)
      }
    }
    return options
  }

  private func who(_ who: LawWho<AsWritten>) -> [Option] {
    selection(who.apiUsers, "api-user") + selection(who.users, "user")
  }

  private func selection(_ selection: LawSelection<AsWritten>?, _ kind: String) -> [Option] {
    switch selection {
    case nil: []
    case .all: [Option("all-\(kind)s")]
    case .named(let names): named(kind, names)
    case .members(let teams): named(kind + "-team", teams)
    case .labelled(let labels):
      labels.pairs.sorted { $0.key < $1.key }.map { Option("label", "\($0.key)=\($0.value)") }
    }
  }

  private func named(_ option: String, _ names: Set<Name>?) -> [Option] {
    (names ?? []).map(\.text).sorted().map { Option(option, $0) }
  }
}
