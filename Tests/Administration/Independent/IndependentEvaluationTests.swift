import Access
import Administration
import Store
import TestSupport
import Testing

@Suite struct IndependentEvaluationTests {
  @Test(
    "a plain SQL query over the tables agrees with every decision and its pairs",
    arguments: Engine.runs(0..<8, inDatabase: 3))
  func agrees(run: Engine.Run) throws {
    let seed = run.seed
    var world = try RandomWorld(run)
    let evaluation = SQLEvaluation(made: world.scene.made)
    let session = CheckerSession(world.scene.administration)
    var allowed = 0
    let requests = (0..<250).compactMap { _ in world.request() }
    let readings = try evaluation.pairs(requests.map(\.1))
    for (number, ((request, plain), pairs)) in zip(requests, readings).enumerated() {
      let decision = try session.check { try $0.check(request) }.decision
      #expect(decision.isAllowed == !pairs.isEmpty, "seed \(seed) request \(number): \(plain) \(decision)")
      #expect(Set(decision.pairs) == pairs, "seed \(seed) request \(number): \(plain)")
      allowed += decision.isAllowed ? 1 : 0
    }
    // A world in which nothing is allowed, or everything, would test little.
    #expect((1...220).contains(allowed), "seed \(seed): \(allowed)")
  }

  @Test(
    "what access lists is what check allows, by brute force over the catalogue",
    arguments: Engine.runs(100..<104, inDatabase: 1))
  func overview(run: Engine.Run) throws {
    let seed = run.seed
    let world = try RandomWorld(run)
    let administration = world.scene.administration
    for account in world.accounts {
      let overview = try administration.overview(of: .account(account.id))
      let asker = CheckRequest.Asker.account(AccountReference(account.kind, .id(account.id)))
      for list in world.lists {
        let companies = world.companies.filter { $0.connector == list.connector }.map(\.id)
        for company in companies.map(Optional.some) + (companies.isEmpty ? [nil] : []) {
          let pair = AccessPair(company: company, list: list.id)
          let part = overview.part(list.connector)
          let isListed =
            part.map { !$0.access.givers(of: pair).isEmpty && $0.access.reachable.includes(list.id) } ?? false
          let surfaces =
            [CheckRequest.Surface.api(.id(list.connector))] + world.widgets.map { .widget(.id($0)) }
          let isAllowed = try administration.check { checker in
            try surfaces.contains { surface in
              try checker.check(
                CheckRequest(
                  asker: asker, surface: surface, company: company.map { .id($0) }, list: .id(list.id))
              ).decision.isAllowed
            }
          }
          #expect(isListed == isAllowed, "seed \(seed): \(account.name) \(list.name)")
        }
      }
    }
  }
}
