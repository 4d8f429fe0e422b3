import Access
import Foundation
import Testing

@Suite struct BoundsTests {
  let noon = Timestamp("2026-11-24T12:00:00Z") ?? .distantPast

  @Test("bounds hold from their first instant up to, and without, their last")
  func instants() throws {
    let (from, until) = (noon, noon.adding(seconds: 10))
    let bounds = try Bounds(from: from, until: until)
    let cases: [(Int64, Standing)] = [
      (-1, .begins(from)), (0, .inForce), (9, .inForce), (10, .ended(until)), (11, .ended(until)),
    ]
    for (seconds, standing) in cases {
      #expect(bounds.standing(at: noon.adding(seconds: seconds)) == standing)
    }
    let nexts: [(Int64, Timestamp?)] = [(-1, from), (0, until), (9, until), (10, nil)]
    for (seconds, next) in nexts { #expect(bounds.next(after: noon.adding(seconds: seconds)) == next) }
    #expect(Bounds.always.contains(.distantPast))
    #expect(Bounds.always.next(after: noon) == nil)
  }

  @Test("an end that is not after the beginning is refused", arguments: [0, -1] as [Int64])
  func order(seconds: Int64) {
    #expect(throws: BoundsProblem.self) { try Bounds(from: noon, until: noon.adding(seconds: seconds)) }
  }

  @Test("a value without bounds is written as before bounds existed, and read back")
  func coding() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let later = BoundedSet(bounded: [
      Bounded(SystemRole.builtIn(.apiReader)), Bounded(.builtIn(.widgetReader), Bounds(until: noon)),
    ])
    let cases: [(BoundedSet<SystemRole>, String)] = [
      (BoundedSet(), "[]"),
      (BoundedSet([SystemRole.builtIn(.apiReader)]), #"["APIReader"]"#),
      (later, #"["APIReader",{"until":1795521600,"value":"WidgetReader"}]"#),
    ]
    for (set, text) in cases {
      #expect(String(decoding: try encoder.encode(set), as: UTF8.self) == text)
      #expect(try JSONDecoder().decode(BoundedSet<SystemRole>.self, from: Data(text.utf8)) == set)
    }
    let backwards =
      #"[{"value":"WidgetReader","from":1795521600,"until":1795521600}]"#
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(BoundedSet<SystemRole>.self, from: Data(backwards.utf8))
    }
  }
}

/// A second reading: what is out of force is dropped before an unbounded question is asked.
extension AccessQuestion {
  fileprivate var withoutLapsed: AccessQuestion {
    var question = self
    guard let access else { return question }
    func isInForce(_ bounds: Bounds) -> Bool {
      (bounds.from.map { $0 <= now } ?? true) && (bounds.until.map { now < $0 } ?? true)
    }
    let teams = access.teams.filter { isInForce($0.bounds) }.map { Bounded($0.value) }
    let subjects = Set([access.subject] + teams.map { SubjectID.team($0.value) })
    question.access?.teams = teams
    question.access?.roles = access.roles.filter { subjects.contains($0.holder) && isInForce($0.bounds) }
      .map { held in
        let opening: Set<Permission> =
          switch (held.opensWidgets, held.opensAPI) {
          case (true, true): [.widgetsRead, .apiCall]
          case (true, false): [.widgetsRead]
          case (false, true): [.apiCall]
          case (false, false): []
          }
        return HeldRole(role: held.role, holder: held.holder, permissions: opening)
      }
    question.access?.grants = access.grants
      .filter { subjects.contains($0.subject) && isInForce($0.permissions.bounds) }
      .map { grant in
        var grant = grant
        grant.permissions.bounds = .always
        return grant
      }
    return question
  }

  fileprivate func at(_ seconds: Int64) -> AccessQuestion {
    var question = self
    question.now = now.adding(seconds: seconds)
    return question
  }
}

@Suite struct BoundedDecisionTests {
  private func forMany(_ body: (AccessQuestion, UInt64) throws -> Void) throws {
    for seed in 0..<2_000 as Range<UInt64> {
      var random = RandomQuestions(seed: seed)
      try body(try random.question(), seed)
    }
  }

  @Test("anything out of force counts as if it were not there, at, before and after each instant")
  func secondReading() throws {
    try forMany { question, seed in
      for seconds in [-21, -20, -11, -10, -1, 0, 1, 5, 9, 10, 19, 20, 21] as [Int64] {
        let asked = question.at(seconds)
        let (one, other) = (decide(asked), decide(asked.withoutLapsed))
        #expect(one.deniedStep == other.deniedStep, "seed \(seed) at \(seconds)")
        #expect(one.pairs == other.pairs, "seed \(seed) at \(seconds)")
      }
    }
  }

  @Test("no decision changes before the next instant, and what is allowed ends at the end that is told")
  func nextInstants() throws {
    try forMany { question, seed in
      let decision = decide(question)
      func isSame(_ seconds: Int64) -> Bool {
        let then = decide(question.at(seconds))
        return then.isAllowed == decision.isAllowed && then.pairs == decision.pairs
      }
      let next = question.nextInstant.map { $0.secondsSince1970 - question.now.secondsSince1970 }
      for seconds in 0..<(next ?? 40) { #expect(isSame(seconds), "seed \(seed) at \(seconds)") }
      let end = question.answerEnd(of: decision).map { $0.secondsSince1970 - question.now.secondsSince1970 }
      #expect(end == (0..<40).first { !isSame($0) }, "seed \(seed)")
    }
  }

  @Test("a grant that is out of force is listed, with the instant and the cause")
  func trace() throws {
    let world = DecisionWorld()
    let (past, future) = (world.now.adding(seconds: -1), world.now.adding(seconds: 1))
    var sales = world.sales
    sales.bounds = Bounds(until: past)
    var access = world.access(sales, roles: [])
    access.teams = [Bounded(world.team, try Bounds(from: future))]
    access.roles = [world.role(.apiReader, of: .team(world.team))]
    access.grants.append(world.grant(world.sales, of: .team(world.team)))
    let decision = decide(world.askAPI(access, company: world.mexico, list: world.orders))
    #expect(decision.deniedStep == .surface)
    guard case .failed(.lapsed(.api, let role, let lapse)) = decision.surface else {
      Issue.record("\(decision.surface)")
      return
    }
    #expect(role.role == .builtIn(.apiReader))
    #expect(lapse.cause == .membership)
    #expect(lapse.standing == .begins(future))
    let lapses = decision.trials.map { trial -> Lapse? in
      if case .lapsed(let lapse) = trial.outcome { lapse } else { nil }
    }
    #expect(lapses.map { $0?.cause } == [.itself, .membership])
    #expect(lapses.map { $0?.standing } == [.ended(past), .begins(future)])
  }

  @Test("a token is not yet valid before its beginning, and revoked, disabled or expired goes before")
  func tokens() throws {
    let world = DecisionWorld()
    let future = world.now.adding(seconds: 1)
    let cases: [(Token, TokenState)] = [
      (try world.token(from: future), .notYetValid), (try world.token(from: world.now), .live),
      (try world.token(from: future, isDisabled: true), .disabled),
      (try world.token(from: future, isRevoked: true), .revoked),
    ]
    for (token, state) in cases { #expect(token.state(at: world.now) == state) }
  }
}
