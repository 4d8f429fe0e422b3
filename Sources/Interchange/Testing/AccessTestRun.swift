package import Access
package import Administration
import Store

/// Runs tests of access on one state of the store.
package struct AccessTestRun {
  private let checker: Checker
  private let now: Timestamp
  private var source: AccessSource { checker.source }

  /// - Parameter now: the instant of questions that name none.
  package init(_ checker: Checker, now: Timestamp) { (self.checker, self.now) = (checker, now) }

  /// Errors: ``StoreError``, ``SealingError``. A name that the store does not have is a difference.
  package func run(_ test: AccessTest) throws -> AccessTestOutcome {
    do {
      switch test.question {
      case .check(let request, let expected): return try check(request, expected, test)
      case .viewers(let question, let only): return try viewers(question, only, test)
      case .access(let question, let expected): return try access(question, expected, test)
      }
    } catch let error as AdministrationError { return AccessTestOutcome(test, error.message) }
  }

  // MARK: Checks

  private func check(
    _ request: CheckRequest, _ expected: ExpectedDecision, _ test: AccessTest
  ) throws -> AccessTestOutcome {
    let verdict = try checker.check(request)
    let grants =
      verdict.decision.isAllowed ? verdict.decision.trials.filter { $0.block != nil }.map(\.grant) : []
    return AccessTestOutcome(
      test, difference(verdict, expected), explanation: Explanation(verdict, withFixes: false),
      grants: Set(grants))
  }

  private func difference(_ verdict: Verdict, _ expected: ExpectedDecision) -> String? {
    let decision = verdict.decision
    guard decision.isAllowed == expected.isAllowed else {
      let found = decision.deniedStep.map { "denied at the step \($0.rawValue)" } ?? "allowed"
      return "expected \(expected.isAllowed ? "allow" : "deny"), but it is \(found): \(verdict.reason)"
    }
    if let step = expected.step, let denied = decision.deniedStep, step != denied {
      return "expected to be denied at the step \(step.rawValue), but it is at the step \(denied.rawValue): "
        + verdict.reason
    }
    return expected.pairs.flatMap { difference($0, decision.pairs, verdict.names) }
  }

  private func difference(_ expected: Set<ExpectedPair>, _ pairs: [AccessPair], _ names: NameBook) -> String?
  {
    var found: [ExpectedPair: String] = [:]
    for pair in pairs {
      guard let list = names.lists[pair.list] else { continue }
      let company = pair.company.flatMap { names.companies[$0] }
      let words = [list.text, company?.text].compactMap(\.self).joined(separator: " of ")
      found[ExpectedPair(company: company.map { NameKey($0) }, list: NameKey(list))] = words
    }
    if let more = Set(found.keys).subtracting(expected).compactMap({ found[$0] }).min() {
      return "\(quoted(more)) is allowed, too"
    }
    let missing = expected.subtracting(found.keys).map {
      [$0.list.text, $0.company?.text].compactMap(\.self)
    }
    return missing.map { $0.joined(separator: " of ") }.min().map { "\(quoted($0)) is not allowed" }
  }

  // MARK: Viewers

  private func viewers(
    _ question: ViewersQuestion, _ only: [Viewing], _ test: AccessTest
  ) throws -> AccessTestOutcome {
    let at = question.at ?? now
    let viewed = try viewedList(question)
    let company = try question.company.map { try self.company($0, viewed.catalogue) }
    let coverage = try ViewerCoverage(only.map { try subject($0) }, source, at: at)
    var grants: Set<GrantID> = []
    var extra: [String] = []
    var paging = Paging(by: \Viewer.holder.cursor)
    while let page = try paging.next({ position in
      try source.viewers(
        of: viewed.list.id, on: viewed.catalogue.id, position, limit: maximumPageRows, at: at)
    }) {
      for viewer in page where viewer.isGiving && gives(viewer, company) {
        grants.insert(viewer.holder.grant.id)
        if extra.count <= Self.mostLines {
          extra += try coverage.uncovered(viewer.holder.grant.subject, limit: Self.mostLines + 1)
        }
      }
    }
    extra += try coverage.uncoveredAdministrators(limit: Self.mostLines + 1)
    return outcome(test, extra, "may see it, too", grants: grants)
  }

  private func gives(_ viewer: Viewer, _ company: CompanyID?) -> Bool {
    company.map { viewer.companies?.contains($0) ?? false } ?? true
  }

  private func viewedList(_ question: ViewersQuestion) throws -> ViewedList {
    guard let connector = try source.connector(.named(question.connector)) else {
      throw AdministrationError.missing(kind: "connector", name: question.connector.text)
    }
    guard let viewed = try source.lists(named: question.list, on: connector.id).first else {
      throw AdministrationError.missing(kind: "list", name: question.list.text)
    }
    return viewed
  }

  private func company(_ name: Name, _ catalogue: ConnectorCatalogue) throws -> CompanyID {
    let key = NameKey(name)
    guard let found = try source.reader.companies(of: catalogue.id).first(where: { NameKey($0.name) == key })
    else {
      throw AdministrationError.missing(kind: "company", name: name.text)
    }
    return found.id
  }

  // MARK: Access

  private func access(
    _ question: SubjectQuestion, _ expected: ExpectedAccess, _ test: AccessTest
  ) throws -> AccessTestOutcome {
    let found = try subject(question.subject)
    guard let overview = try source.overview(of: found, at: question.at ?? now) else {
      throw AdministrationError.missing(kind: question.subject.kindTitle, name: question.subject.name.text)
    }
    var extra: [String] = []
    var grants: Set<GrantID> = []
    for part in overview.parts {
      let connector = part.catalogue.connector.name
      for case .grant(let id, _) in part.access.given.map(\.giver) { grants.insert(id) }
      if let connectors = expected.connectors, !connectors.contains(NameKey(connector)) {
        extra.append(connector.text)
      }
      guard let companies = expected.companies else { continue }
      for company in Set(part.access.given.flatMap { $0.block.companies ?? [] }) {
        guard let name = overview.names.companies[company], !companies.contains(NameKey(name)) else {
          continue
        }
        extra.append("\(name.text) (\(connector.text))")
      }
    }
    return outcome(test, extra, "is seen, too", grants: grants)
  }

  // MARK: Subjects

  private func subject(_ viewing: Viewing) throws -> SubjectID {
    let key = NameKey(viewing.name)
    if let kind = viewing.kind {
      guard let account = try source.reader.account(kind, named: key) else {
        throw AdministrationError.missing(kind: viewing.kindTitle, name: viewing.name.text)
      }
      return .account(account.id)
    }
    guard let team = try source.reader.team(named: key) else {
      throw AdministrationError.missing(kind: viewing.kindTitle, name: viewing.name.text)
    }
    return .team(team.id)
  }

  // MARK: Outcomes

  /// The number of things that are named beyond what is expected.
  private static let mostLines = 20

  /// - Parameter extra: what was found beyond what is expected.
  private func outcome(
    _ test: AccessTest, _ extra: [String], _ words: String, grants: Set<GrantID>
  ) -> AccessTestOutcome {
    let sorted = Set(extra).sorted()
    guard let first = sorted.first else { return AccessTestOutcome(test, grants: grants) }
    let isCut = sorted.count > Self.mostLines
    let more = sorted.count > 1 ? isCut ? " (and more)" : " (and \(sorted.count - 1) more)" : ""
    let rest = isCut ? ["… and more"] : []
    return AccessTestOutcome(
      test, "\(quoted(first)) \(words)\(more)",
      lines: sorted.count > 1 ? sorted.prefix(Self.mostLines) + rest : [],
      grants: grants)
  }
}
