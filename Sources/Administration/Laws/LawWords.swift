package import Access

/// A law in words.
package struct LawWords {
  private let law: Law<AsWritten>
  private let mostNamed: Int

  /// - Parameter mostNamed: the most things that are named where a law has many; the others are counted.
  package init(_ law: Law<AsWritten>, mostNamed: Int = 5) { (self.law, self.mostNamed) = (law, mostNamed) }

  /// The kind of law, as the security file calls it.
  package var form: String { LawKind(law.form).rawValue }

  /// What the law says, as in `API users never see Payroll Entries (Business Central)`.
  package var rule: String {
    switch law.form {
    case .never(let who, let what): "\(words(who)) never see \(words(what))"
    case .apart(let who, let what, let other):
      "\(words(who)) never see both \(words(what)) and \(words(other))"
    case .within(let who, let team): "\(words(who)) see only what the team \(quoted(team.text)) is granted"
    case .tokens(let who, let demands): "tokens of \(words(who)) \(words(demands))"
    case .owned(let who): "\(words(who)) have an owner"
    }
  }

  package var who: String { words(law.form.who) }

  /// Who is excepted and until when, as in `“Portal Holding” until 2027-06-30T00:00:00Z`; empty where nobody is.
  package var exceptions: String {
    some(
      law.exceptions.sorted { $0.key.text < $1.key.text }.map { "\(quoted($0.key.text)) until \($0.value)" })
  }

  private func words(_ who: LawWho<AsWritten>) -> String {
    let parts = [(who.apiUsers, "API users"), (who.users, "users")].compactMap { selection, noun in
      selection.map { words($0, noun) }
    }
    return parts.joined(separator: " and ")
  }

  private func words(_ selection: LawSelection<AsWritten>, _ noun: String) -> String {
    switch selection {
    case .all: noun
    case .named(let names): "the \(noun) \(some(names))"
    case .labelled(let labels): "\(noun) labelled \(labels.words.joined(separator: ", "))"
    case .members(let teams): "\(noun) in \(some(teams))"
    }
  }

  private func words(_ what: LawWhat<AsWritten>) -> String {
    let items = ItemKind.allCases.compactMap { kind in
      what.items[kind].map { items -> String in
        items.only.map {
          "the \(kind.title.lowercased()) \(some($0.map { "\($0.list.text): \($0.item.text)" }))"
        }
          ?? "all \(kind.title.lowercased())"
      }
    }
    let lists = what.lists.only.map { some($0) } ?? (items.isEmpty ? "anything" : nil)
    let things = [items.isEmpty ? nil : items.joined(separator: ", "), lists].compactMap { $0 }
    let companies = what.companies.only.map { " of \(some($0))" } ?? ""
    return "\(things.joined(separator: " of "))\(companies) (\(what.connector.text))"
  }

  private func words(_ demands: TokenDemands) -> String {
    let parts = [
      demands.isExpiring ? "expire" : nil, demands.maximumDays.map { "last at most \(days($0))" },
      demands.needsNetworks ? "are limited to networks" : nil,
      demands.needsPlaces ? "are limited to widgets or endpoints" : nil,
      demands.unusedDays.map { "are never unused for \(days($0))" },
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }

  private func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }

  private func some(_ names: Set<Name>) -> String { some(names.map(\.text).sorted()) }

  private func some(_ texts: [String]) -> String {
    let shown = texts.prefix(mostNamed).joined(separator: ", ")
    return texts.count > mostNamed ? "\(shown) and \(texts.count - mostNamed) more" : shown
  }
}
