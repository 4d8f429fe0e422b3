import Access
import Store

extension Decoder {
  func law(_ node: Node) -> LawEntry? {
    guard let fields = Fields<LawKey>(node, problems) else { return nil }
    let reason = summary(fields[.reason], "a reason")
    let mode = fields[.mode].flatMap { word($0, "mode", LawMode.allCases.map { ($0.rawValue, $0) }) }
    let exceptions = exceptions(fields[.exceptions])
    let form = form(fields)
    guard let named = name(fields[.name]), let form else { return nil }
    return lawful(at: named.position) { () throws(LawProblem) in
      LawEntry(
        named: named,
        law: try Law(
          name: named.name, reason: reason, mode: mode ?? .enforce, form: form, exceptions: exceptions))
    }
  }

  /// A law has exactly one form.
  private func form(_ fields: Fields<LawKey>) -> LawForm<AsWritten>? {
    let forms = LawKey.forms.compactMap { key in fields[key].map { (key: key, node: $0) } }
    guard let form = forms.first else {
      problems.add(
        "a law needs one of the keys \(choice(LawKey.forms.map(\.rawValue)))", at: fields.position)
      return nil
    }
    if forms.count > 1 {
      problems.add(
        "a law says one thing, this says \(forms.map(\.key.rawValue).joined(separator: " and "))",
        at: forms[1].node.position, hint: "make two laws of it")
      return nil
    }
    switch form.key {
    case .never: return never(form.node)
    case .apart: return apart(form.node)
    case .within: return within(form.node)
    case .tokens: return tokenLaw(form.node)
    default: return owned(form.node)
    }
  }

  private func never(_ node: Node) -> LawForm<AsWritten>? {
    guard let fields = Fields<NeverKey>(node, problems) else { return nil }
    let what = fields[.what].flatMap(what)
    guard let who = fields[.who].flatMap(who), let what else { return nil }
    return .never(who, what)
  }

  private func apart(_ node: Node) -> LawForm<AsWritten>? {
    guard let fields = Fields<ApartKey>(node, problems) else { return nil }
    let (what, other) = (fields[.what].flatMap(what), fields[.other].flatMap(what))
    guard let who = fields[.who].flatMap(who), let what, let other else { return nil }
    return .apart(who, what, other)
  }

  private func within(_ node: Node) -> LawForm<AsWritten>? {
    guard let fields = Fields<WithinKey>(node, problems) else { return nil }
    let team = name(fields[.team], "the name of a team")
    guard let who = fields[.who].flatMap(who), let team else { return nil }
    return .within(who, team.name)
  }

  private func owned(_ node: Node) -> LawForm<AsWritten>? {
    guard let fields = Fields<OwnedKey>(node, problems), let who = fields[.who].flatMap(who) else {
      return nil
    }
    return lawful(at: fields.position) { () throws(LawProblem) in try .owned(checked: who) }
  }

  private func tokenLaw(_ node: Node) -> LawForm<AsWritten>? {
    guard let fields = Fields<TokenDemandKey>(node, problems) else { return nil }
    func days(_ key: TokenDemandKey) -> Int? {
      fields[key].flatMap { integer($0, key.rawValue, in: LawBounds.days) }
    }
    func isRequired(_ key: TokenDemandKey) -> Bool {
      fields[key].flatMap { word($0, "demand", [(TokenDemandKey.demand, true)]) } ?? false
    }
    let known = problems.list.count
    let (maximumDays, unusedDays) = (days(.maxDays), days(.unusedDays))
    let isExpiring = flag(fields[.expiring], TokenDemandKey.expiring.rawValue, default: false)
    let (networks, places) = (isRequired(.networks), isRequired(.limited))
    let who = fields[.who].flatMap(who)
    // A demand that could not be read is a problem already.
    guard let who, problems.list.count == known else { return nil }
    return lawful(at: fields.position) { () throws(LawProblem) in
      .tokens(
        who,
        try TokenDemands(
          maximumDays: maximumDays, isExpiring: isExpiring, needsNetworks: networks, needsPlaces: places,
          unusedDays: unusedDays))
    }
  }

  /// The API users that are excepted, each once.
  private func exceptions(_ node: Node?) -> [Name: Timestamp] {
    let entries = elements(node, "except") { element -> (apiUser: Named, until: Timestamp)? in
      guard let fields = Fields<LawExceptionKey>(element, problems) else { return nil }
      let until = fields[.until].flatMap(instant)
      guard let apiUser = name(fields[.apiUser], "the name of an API user"), let until else { return nil }
      return (apiUser, until)
    }
    reportDuplicates(entries.map(\.apiUser), "the exception for API user")
    return Dictionary(entries.map { ($0.apiUser.name, $0.until) }, uniquingKeysWith: { first, _ in first })
  }

  /// A value of a law. Where it can't be so, the result is nil and a problem is reported.
  func lawful<Value>(at position: FilePosition, _ make: () throws(LawProblem) -> Value) -> Value? {
    do throws(LawProblem) { return try make() } catch {
      problems.add(error.description, at: position)
      return nil
    }
  }
}
