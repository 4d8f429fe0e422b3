import Access
import Administration
@testable import Gate
import Store
import TestSupport
import Testing

/// Asks at random while the store and the time change at random, the fast way and the slow way.
@Suite("The fast way and the slow way say the same")
struct KeptDifferenceTests {
  typealias Question = KeptScene.Question

  private static let runs =
    [(0, false), (1, false), (2, false)] + (PostgresServer.shared == nil ? [] : [(3, true)])

  @Test("random requests and changes are answered alike, but for the decision's ID", arguments: runs)
  func alike(run: Int, inDatabase: Bool) throws {
    let kept = try KeptScene(inDatabase: inDatabase)
    var random = SystemRandomNumberGenerator()
    var (cookies, wasKept, wentBack, allowed) = ([String](), false, false, 0)
    for step in 0..<600 {
      if Int.random(in: 0..<12, using: &random) == 0 { try change(kept, &random) }
      if Int.random(in: 0..<20, using: &random) == 0 {
        // In one of the runs the clock goes back, too.
        let seconds: Int64 = [1, 20, 100, 301, run == 2 ? -1 : 5].randomElement(using: &random) ?? 0
        kept.scene.clock.advance(seconds)
        wentBack = wentBack || seconds < 0
      }
      let question = question(kept, cookies, &random)
      let isFastFirst = Bool.random(using: &random)
      let slowBefore = isFastFirst ? nil : kept.slow(question)
      let fast = try kept.fast(question)
      let slow = slowBefore ?? kept.slow(question)
      #expect(
        fast.status == slow.status && fast.body == slow.body && different(fast, slow, wentBack).isEmpty,
        "run \(run), step \(step): \(different(fast, slow, wentBack)), the clock went back: \(wentBack)")
      if fast.status == 200 {
        allowed += 1
        let again = try kept.fast(question)
        #expect(again.status == 200 && again.headers == fast.headers, "run \(run), step \(step), again")
      }
      if let cookie = fast.cookie { cookies = [cookie] + cookies.prefix(3) }
      wasKept = wasKept || kept.keptUses > 0
    }
    #expect(wasKept && allowed > 30)
  }

  /// The names of the headers that differ. Once the clock went back, a page may have two handles that are valid, and
  /// either of them may be given or accepted.
  private func different(_ fast: GateCaller.Reply, _ slow: GateCaller.Reply, _ wentBack: Bool) -> Set<String>
  {
    let lines = Set(fast.headers).symmetricDifference(slow.headers)
    let names = Set(lines.map { String($0.prefix { $0 != ":" }) })
    return wentBack ? names.subtracting(["Set-Cookie"]) : names
  }

  private func question(
    _ kept: KeptScene, _ cookies: [String], _ random: inout SystemRandomNumberGenerator
  ) -> Question {
    let id = kept.ids.values.randomElement(using: &random)?.revealed ?? ""
    let more =
      cookies.randomElement(using: &random).map { [("Cookie", "other=\(Int.random(in: 0...9)); \($0)")] }
      ?? []
    let questions: [Question] = [
      .nginx("/sales?token=\(id)"), .nginx("/sales?token=\(id)"),
      .nginx("/sales?token=\(id)", from: "192.168.1.1"),
      .nginx("/sales?company=MX&token=\(id)"), .nginx("/sales/more?list=Sales%20Invoices&token=\(id)"),
      .nginx("/sales/x", [("Authorization", "Bearer \(id)")]), .nginx("/open?token=\(id)"),
      .nginx("/sales/part.js", more), .nginx("/sales?token=\(id)", more), .nginx("/nowhere?token=\(id)"),
      .forward("/api/orders", [("X-Api-Key", id), ("User-Agent", "agent \(Int.random(in: 0...9))")]),
      .forward("/api/orders?a=1", [("X-Api-Key", id), ("X-Forwarded-For", "10.0.0.1")]),
      .nginx("/sales?token=pst_unknown"), .forward("/sales?token=\(id)"),
    ]
    return questions.randomElement(using: &random) ?? questions[0]
  }

  private func change(_ kept: KeptScene, _ random: inout SystemRandomNumberGenerator) throws {
    let token = kept.ids.keys.randomElement(using: &random) ?? kept.scene.token
    let index = Int.random(in: 0..<13, using: &random)
    // What was taken comes back soon, so that most requests are allowed.
    let isOn = Int.random(in: 0..<5, using: &random) > 0
    try kept.scene.administration.change { change in
      try Self.act(index, isOn, token, kept, change)
    }
    if index == 4 { try kept.learn(token) }
  }

  private static func act(
    _ index: Int, _ isOn: Bool, _ token: TokenRowID, _ kept: KeptScene, _ change: Change
  ) throws {
    let (scene, now) = (kept.scene, kept.scene.clock.now)
    let subject = SubjectID.account(scene.account)
    switch index {
    case 0: try change.setDisabled(!isOn, token)
    case 1: try change.setEnabled(isOn, scene.account)
    case 2:
      let networks: Set<Network> = isOn ? Set([Network("10.0.0.0/8")].compactMap { $0 }) : []
      try change.setLimits(TokenLimits(networks: networks), of: token)
    case 3: try change.setExpiry(isOn ? .never : .at(now.adding(seconds: 90)), of: token)
    case 4: try change.rotate(token, olderValidUntil: now)
    case 5:
      let was = try change.reader.roles(of: subject).elements
      try change.saveRoles(of: subject, Edit(was: was, becomes: isOn ? [.builtIn(.widgetReader)] : []))
    case 6, 7:
      for grant in try change.reader.grants(of: subject) {
        var permissions = grant.permissions
        if index == 6 { permissions.lists = isOn ? .all : try lists(change, grant.connector) }
        if index == 7 { permissions.companies = isOn ? .all : .only([]) }
        try change.setGrant(of: subject, on: grant.connector, permissions)
      }
    case 8:
      try change.saveMembers(
        of: kept.team, adding: isOn ? [scene.account] : [], removing: isOn ? [] : [scene.account])
    case 9:
      let bounds = Bounds(until: now.adding(seconds: 50))
      try change.saveMembers(of: kept.team, bounded: BoundedSet(scene.account, bounds), removing: [])
    case 10: try change.rename(token, to: Name("token \(Int.random(in: 0...99_999))"))
    case 11:
      guard let widget = try change.reader.widgets().first(where: { $0.id == scene.widget }) else { return }
      try change.setEnabled(isOn, widget)
    default: try change.rename(scene.account, to: Name("Portal \(Int.random(in: 0...99_999))"))
    }
  }

  /// The first list alone.
  private static func lists(_ change: Change, _ connector: ConnectorID) throws -> Coverage<ListID> {
    .only(Set(try change.reader.lists(of: connector).map(\.id).prefix(1)))
  }
}
