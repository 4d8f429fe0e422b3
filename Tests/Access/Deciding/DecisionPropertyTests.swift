import Access
import Testing

@Suite struct DecisionPropertyTests {
  private func forMany(_ body: (inout RandomQuestions, AccessQuestion, UInt64) throws -> Void) throws {
    for seed in 0..<3_000 as Range<UInt64> {
      var random = RandomQuestions(seed: seed)
      let question = try random.question()
      try body(&random, question, seed)
    }
  }

  @Test("random questions come out in every way")
  func isBroad() throws {
    var steps: [DecisionStep?: Int] = [:]
    try forMany { _, question, _ in steps[decide(question).deniedStep, default: 0] += 1 }
    for step in DecisionStep.allCases.map(Optional.some) + [nil] { #expect(steps[step, default: 0] > 30) }
  }

  @Test("an allowed request has pairs, and a denied one has none")
  func pairs() throws {
    try forMany { _, question, seed in
      let decision = decide(question)
      #expect(decision.isAllowed == !decision.pairs.isEmpty, "seed \(seed)")
      #expect(Set(decision.pairs).count == decision.pairs.count, "seed \(seed)")
    }
  }

  @Test("a pair is allowed exactly where the request for that company and list alone is")
  func pairsAreExact() throws {
    try forMany { _, question, seed in
      let decision = decide(question)
      guard decision.token.passes, decision.limits.passes, decision.user.passes, decision.surface.passes,
        decision.catalogue.passes, let located = decision.located
      else { return }
      for pair in AccessBlock(companies: located.companies, lists: located.lists).pairs {
        var narrow = question
        narrow.request.company = pair.company.map(Sought.found)
        narrow.request.list = .found(pair.list)
        narrow.catalogue.companies = pair.company.map { [$0] } ?? []
        narrow.catalogue.lists = [pair.list]
        #expect(decide(narrow).isAllowed == decision.pairs.contains(pair), "seed \(seed)")
      }
    }
  }

  @Test("adding a grant never takes access away, removing one never gives any")
  func monotone() throws {
    try forMany { random, question, seed in
      guard var access = question.access else { return }
      let missing = access.subjects.first { subject in !access.grants.contains { $0.subject == subject } }
      guard let missing else { return }
      let before = Set(decide(question).pairs)
      access.grants.append(random.world.grant(random.permissions(), of: missing))
      var more = question
      more.access = access
      #expect(before.isSubset(of: decide(more).pairs), "seed \(seed)")
    }
  }

  @Test("the order of what is handed in decides nothing")
  func order() throws {
    try forMany { random, question, seed in
      var shuffled = question
      shuffled.access?.grants.shuffle(using: &random.generator)
      shuffled.access?.teams.shuffle(using: &random.generator)
      shuffled.access?.roles.shuffle(using: &random.generator)
      let (one, other) = (decide(question), decide(shuffled))
      #expect(one.deniedStep == other.deniedStep, "seed \(seed)")
      #expect(one.pairs == other.pairs, "seed \(seed)")
      #expect(Set(one.trials) == Set(other.trials), "seed \(seed)")
    }
  }

  @Test("teams that have nothing change nothing, however many")
  func manyTeams() throws {
    try forMany { random, question, seed in
      var crowded = question
      let others = (0..<20).map { Bounded<TeamID>(identifier(1_000 + $0)) }
      crowded.access?.teams += others.shuffled(using: &random.generator)
      #expect(decide(crowded) == decide(question), "seed \(seed)")
      // An empty team is one more that something could be given to.
      #expect(smallestSize(crowded) <= smallestSize(question), "seed \(seed)")
    }
  }

  private func smallestSize(_ question: AccessQuestion) -> Int {
    smallestChanges(for: question, limit: 1).changes.first?.count ?? .max
  }

  @Test("a limit of a token only takes away")
  func limits() throws {
    try forMany { _, question, seed in
      guard case .known(var token) = question.request.token else { return }
      let limited = Set(decide(question).pairs)
      token.limits = .none
      var free = question
      free.request.token = .known(token)
      #expect(limited.isSubset(of: decide(free).pairs), "seed \(seed)")
    }
  }
}
