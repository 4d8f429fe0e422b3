import Access
import Store
import TestSupport
import Testing

@Suite("What gates tell each other about rates")
struct RateExchangeTests {
  @Test("each gate gets what the others told last, until they are forgotten", arguments: Engine.all)
  func exchange(engine: Engine) throws {
    let fixture = try Fixture(engine)
    // The database is dropped when the fixture is gone.
    defer { withExtendedLifetime(fixture) {} }
    let uses = fixture.uses
    let (one, other) = (Identifier<GatePresence>.random(), Identifier<GatePresence>.random())
    let token = TokenRowID.random()
    func report(_ gate: Identifier<GatePresence>, _ turn: Int64, _ count: Int) -> RateReport {
      RateReport(gate: gate, turn: turn, counts: [token: count])
    }
    #expect(try uses.exchange(report(one, 1, 5), forgetting: []) == [])
    #expect(try uses.exchange(report(other, 1, 2), forgetting: []) == [report(one, 1, 5)])
    #expect(try uses.exchange(report(one, 2, 6), forgetting: []) == [report(other, 1, 2)])
    #expect(try uses.exchange(report(other, 2, 2), forgetting: []) == [report(one, 2, 6)])
    #expect(try uses.exchange(report(one, 3, 1), forgetting: [other]) == [])
    try uses.forgetRates(of: [one])
    #expect(try uses.exchange(report(other, 3, 1), forgetting: []) == [])
  }
}
