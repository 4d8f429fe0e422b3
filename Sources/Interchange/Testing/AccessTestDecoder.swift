import Access
import Administration
import Store

/// Makes a test of a node. A wrong node gives nil, and is reported as a problem.
struct AccessTestDecoder {
  private let decoder: Decoder
  private var problems: Problems { decoder.problems }

  init(_ decoder: Decoder) { self.decoder = decoder }

  func test(_ node: Node) -> AccessTest? {
    guard let fields = Fields<AccessTestKey>(node, problems) else { return nil }
    let name = fields[.name].flatMap { decoder.name($0) }
    let asked = [AccessTestKey.check, .viewers, .access].filter { fields[$0] != nil }
    guard asked.count == 1, let what = asked.first, let question = fields[what] else {
      problems.add(
        "a test has one of check, viewers and access; this has \(asked.isEmpty ? "none" : "several")",
        at: node.position)
      return nil
    }
    guard let expected = fields[.expect] else { return nil }
    return self.question(what, question, expected).map {
      AccessTest(position: node.position, name: name?.name, question: $0)
    }
  }

  private func question(_ what: AccessTestKey, _ node: Node, _ expected: Node) -> AccessTest.Question? {
    switch what {
    case .viewers:
      guard let question = viewers(node), let only = only(expected) else { return nil }
      return .viewers(question, only: only)
    case .access:
      guard let question = subject(node), let access = access(expected) else { return nil }
      return .access(question, access)
    case .check, .name, .expect:
      guard let request = check(node), let decision = decision(expected) else { return nil }
      return .check(request, decision)
    }
  }

  // MARK: Questions

  private func check(_ node: Node) -> CheckRequest? {
    guard let fields = Fields<CheckLine.Key>(node, problems) else { return nil }
    var texts: [CheckLine.Key: String] = [:]
    for key in CheckLine.Key.allCases where key != .api {
      guard let value = fields[key] else { continue }
      guard let text = decoder.text(value, key.rawValue) else { return nil }
      texts[key] = text
    }
    let isAPI = decoder.flag(fields[.api], "api", default: false)
    do { return try CheckLine(texts, isAPI: isAPI).request() } catch {
      problems.add(error.description, at: node.position)
      return nil
    }
  }

  private func viewers(_ node: Node) -> ViewersQuestion? {
    guard let fields = Fields<ViewersKey>(node, problems),
      let connector = decoder.name(fields[.connector], "the name of a connector"),
      let list = decoder.name(fields[.list], "the name of a list")
    else { return nil }
    return ViewersQuestion(
      connector: connector.name, list: list.name,
      company: fields[.company].flatMap { decoder.name($0, "the name of a company") }?.name,
      at: fields[.at].flatMap(decoder.instant))
  }

  private func subject(_ node: Node) -> SubjectQuestion? {
    guard let fields = Fields<AccessSubjectKey>(node, problems) else { return nil }
    let kinds: [(key: AccessSubjectKey, kind: AccountKind?)] = [
      (.apiUser, .apiUser), (.user, .user), (.team, nil),
    ]
    let named = kinds.filter { fields[$0.0] != nil }
    guard named.count == 1, let asked = named.first else {
      problems.add("access has one of apiUser, user and team", at: node.position)
      return nil
    }
    return decoder.name(fields[asked.key]).map {
      SubjectQuestion(
        subject: Viewing(kind: asked.kind, name: $0.name), at: fields[.at].flatMap(decoder.instant))
    }
  }

  // MARK: What is expected

  private static let decisions = [("allow", true), ("deny", false)]
  private static let steps = DecisionStep.allCases.map { ($0.rawValue, $0) }

  private func decision(_ node: Node) -> ExpectedDecision? {
    if case .scalar = node.content { return decided(node).map { ExpectedDecision(isAllowed: $0) } }
    guard let fields = Fields<ExpectedDecisionKey>(node, problems), let word = fields[.decision],
      let isAllowed = decided(word)
    else { return nil }
    if let step = fields[.step], isAllowed {
      problems.add("a step belongs to deny", at: step.position)
      return nil
    }
    if let pairs = fields[.pairs], !isAllowed {
      problems.add("pairs belong to allow", at: pairs.position)
      return nil
    }
    return ExpectedDecision(
      isAllowed: isAllowed, step: fields[.step].flatMap { decoder.word($0, "step", Self.steps) },
      pairs: fields[.pairs].map { Set(decoder.elements($0, "pairs", pair)) })
  }

  private func decided(_ node: Node) -> Bool? { decoder.word(node, "decision", Self.decisions) }

  private func pair(_ node: Node) -> ExpectedPair? {
    guard let fields = Fields<ExpectedPairKey>(node, problems),
      let list = decoder.name(fields[.list], "the name of a list")
    else { return nil }
    return ExpectedPair(
      company: fields[.company].flatMap { decoder.name($0, "the name of a company") }?.key, list: list.key)
  }

  private func only(_ node: Node) -> [Viewing]? {
    guard let fields = Fields<ExpectedViewersKey>(node, problems), let only = fields[.only] else {
      return nil
    }
    return decoder.elements(only, "only", viewing)
  }

  /// A subject as in `team:HR`, written as the batch check writes who gave something.
  private func viewing(_ node: Node) -> Viewing? {
    guard let text = decoder.text(node, "a subject") else { return nil }
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let isTeam = parts.first == "team"
    let kind = parts.first.flatMap { AccountKind(rawValue: $0) }
    guard parts.count == 2, isTeam || kind != nil, let name = try? Name(parts[1]) else {
      problems.add(
        "\(shown(text)) names no subject", at: node.position,
        hint: "write team:NAME, user:NAME or apiUser:NAME")
      return nil
    }
    return Viewing(kind: kind, name: name)
  }

  private func access(_ node: Node) -> ExpectedAccess? {
    guard let fields = Fields<ExpectedAccessKey>(node, problems) else { return nil }
    func keys(_ key: ExpectedAccessKey, _ kind: String) -> Set<NameKey>? {
      fields[key].map { Set(decoder.names($0, key.rawValue, of: kind).map(\.key)) }
    }
    let expected = ExpectedAccess(
      connectors: keys(.connectors, "a connector"), companies: keys(.companies, "a company"))
    guard expected.connectors != nil || expected.companies != nil else {
      problems.add("what access expects has connectors, companies or both", at: node.position)
      return nil
    }
    return expected
  }
}
