private import Access

/// A line that tells an effect of a change.
package struct EffectLine: Hashable, Sendable {
  package enum Tone: Hashable, Sendable {
    /// The line is a warning.
    case warning
    case gain, loss
    /// The line has the counts.
    case summary
  }

  package let tone: Tone
  package let text: String
}

/// An effect in words.
package struct EffectWords {
  private let effect: AccessEffect
  private let times: TimeWords
  private var names: NameBook { effect.names }

  package init(_ effect: AccessEffect, _ times: TimeWords = .utc) {
    self.effect = effect
    self.times = times
  }

  /// What is said before a change that takes two people.
  package static let waiting = "Another administrator must agree: until then nothing is done."

  /// The warnings, then the counts, then what each account gains and loses.
  package var lines: [EffectLine] {
    effect.warnings.map { EffectLine(tone: .warning, text: text($0)) }
      + [EffectLine(tone: .summary, text: summary)] + effect.accounts.flatMap(lines)
  }

  /// The counts, as in `2 API users gain 4 pairs of company and list; 1 token opens less`.
  package var summary: String {
    if effect.changesNobody { return "changes nobody's access" }
    var parts: [String] = []
    if effect.gainingAccounts > 0 {
      parts.append("\(accounts(effect.gainingAccounts, "gains", "gain")) \(pairs(effect.gainedPairs))")
    }
    if effect.losingAccounts > 0 {
      parts.append("\(accounts(effect.losingAccounts, "loses", "lose")) \(pairs(effect.lostPairs))")
    }
    if effect.gainingTokens > 0 { parts.append("\(tokens(effect.gainingTokens)) more") }
    if effect.losingTokens > 0 { parts.append("\(tokens(effect.losingTokens)) less") }
    let counts = parts.isEmpty ? "nobody's access changes" : parts.joined(separator: "; ")
    guard effect.isCut else { return counts }
    return "of the \(effect.examined) that were looked at: \(counts); there are more"
  }

  private func accounts(_ count: Int, _ one: String, _ many: String) -> String {
    let noun = effect.accounts.contains { $0.kind == .user } ? "user" : "API user"
    return count == 1 ? "1 \(noun) \(one)" : "\(count) \(noun)s \(many)"
  }

  private func pairs(_ count: Int) -> String {
    count == 0 ? "items of lists" : "\(count) \(count == 1 ? "pair" : "pairs") of company and list"
  }

  private func tokens(_ count: Int) -> String { count == 1 ? "1 token opens" : "\(count) tokens open" }

  private func text(_ warning: EffectWarning) -> String {
    switch warning {
    case .breaksLaw(let consequence):
      (consequence.isRefused ? "is refused, because it breaks " : "breaks ")
        + "\(consequence.title): \(consequence.counterexample)"
    case .mayBreakMoreLaws:
      "more laws may be broken: not everybody whom the change touches was looked at for them"
    case .lastAccess(let token, let account):
      "the token \(name(token)) of \(names.title(.account(account))) opens nothing any more"
    case .administratorToAPIUser(let id), .administratorToUser(let id):
      "\(names.title(.account(id))) becomes Administrator: it may see everything"
    case .noLongerAdministrator: "you lose the system role Administrator"
    case .lastCompany(let connector, let widened):
      "the last company leaves \(quoted(connector.text)): \(widened.words ?? "")"
    }
  }

  private func lines(_ account: AccountEffect) -> [EffectLine] {
    let title = names.title(.account(account.account))
    return places(account.gainedPairs).map { EffectLine(tone: .gain, text: "\(title) gains \($0)") }
      + items(account.gainedItems).map { EffectLine(tone: .gain, text: "\(title) gains \($0)") }
      + places(account.lostPairs).map { EffectLine(tone: .loss, text: "\(title) loses \($0)") }
      + items(account.lostItems).map { EffectLine(tone: .loss, text: "\(title) loses \($0)") }
      + account.tokens.flatMap { tokenLines($0, title) }
  }

  /// The pairs in words, a text for each company, as in `Sales Orders, Items of MX (Business Central)`.
  private func places(_ pairs: [ReachedPair: Bounds]) -> [String] {
    let groups = Dictionary(grouping: pairs.keys) { pair -> [String] in
      [
        names.connectors[pair.connector]?.text ?? "",
        pair.pair.company.map { names.companies[$0]?.text ?? "" } ?? "", time(pairs[pair]),
      ]
    }
    return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, pairs in
      let lists = pairs.map { names.lists[$0.pair.list]?.text ?? "" }.sorted()
      return "\(some(lists))\(key[1].isEmpty ? "" : " of \(key[1])") (\(key[0]))\(key[2])"
    }
  }

  /// As in ` until 2026-11-27 18:00 UTC`.
  private func time(_ bounds: Bounds?) -> String {
    let ends = [
      bounds?.from.map { " from \(times.told($0))" }, bounds?.until.map { " until \(times.told($0))" },
    ]
    return ends.compactMap { $0 }.joined()
  }

  private func items(_ items: [ReachedItem: Bounds]) -> [String] {
    guard !items.isEmpty else { return [] }
    let titles = Set(
      items.map { item, bounds in
        let known = names.items[item.item]
        return
          "\(known?.kind.singular ?? "item") \(known?.name.text ?? "") of \(names.lists[item.pair.list]?.text ?? "")\(time(bounds))"
      })
    return [some(titles.sorted())]
  }

  private func tokenLines(_ token: TokenEffect, _ owner: String) -> [EffectLine] {
    // A warning tells this already.
    if token.losesLast { return [] }
    var lines: [EffectLine] = []
    if !token.gained.isEmpty {
      lines.append(
        EffectLine(
          tone: .gain, text: "the token \(name(token.token)) of \(owner) opens \(places(token.gained))"))
    }
    if !token.lost.isEmpty {
      lines.append(
        EffectLine(
          tone: .loss, text: "the token \(name(token.token)) of \(owner) opens no more: \(places(token.lost))"
        ))
    }
    return lines
  }

  private func places(_ places: Set<TokenPlace>) -> String {
    some(
      places.map { place in
        switch place {
        case .widget(let id): "widget \(names.widgets[id]?.text ?? "")"
        case .endpoint(let id): "endpoint \(names.endpoints[id]?.text ?? "")"
        case .api: "the API"
        }
      }.sorted())
  }

  private func name(_ token: TokenRowID) -> String { quoted(names.tokens[token]?.text ?? token.description) }

  private func some(_ texts: [String]) -> String {
    let shown = texts.prefix(5).joined(separator: ", ")
    return texts.count > 5 ? "\(shown) and \(texts.count - 5) more" : shown
  }
}
