import Access
import Administration
@testable import Gate
import Store
import TestSupport
import Testing

/// Changes at random what several API users, their team and the catalogue have, and compares a gate that forgets only what
/// a change touches with one that has never kept anything.
@Suite("What is kept after a change is what would be decided anew")
struct KeptReachTests {
  /// An API user that asks.
  private struct Asker {
    let account: AccountID
    let token: TokenRowID
    let id: TokenID
  }

  private struct World {
    let kept: KeptScene
    var askers: [Asker]
    let connector: ConnectorID
    let lists: [ListID]

    init(threads: Int, inDatabase: Bool) throws {
      kept = try KeptScene(threads: threads, inDatabase: inDatabase)
      let (scene, team) = (kept.scene, kept.team)
      (connector, lists) = try scene.administration.read { reader in
        let connector = try #require(try reader.connectors().first).id
        return (connector, try reader.lists(of: connector).map(\.id))
      }
      askers = []
      for number in 0..<5 {
        let (account, token) = try scene.administration.change { change in
          let account = try change.addAccount(.apiUser, name: Name("Asker \(number)")).id
          try change.saveMembers(of: team, adding: [account], removing: [])
          return (account, try change.addToken(to: account, name: Name("token")).id)
        }
        let id = try scene.administration.change { try $0.reveal(token, for: .copy) }
        askers.append(Asker(account: account, token: token, id: id))
      }
      let everything = Permissions(roles: [.user], companies: .all, lists: .all)
      try scene.administration.change { [connector] in
        try $0.setGrant(of: .team(team), on: connector, everything)
      }
    }

    func questions(_ asker: Asker) -> [KeptScene.Question] {
      [
        .nginx("/sales?token=\(asker.id.revealed)"),
        .nginx("/sales/more?company=MX&list=Sales%20Orders&token=\(asker.id.revealed)"),
        .forward("/api/orders", [("X-Api-Key", asker.id.revealed)]),
      ]
    }
  }

  private static let runs =
    [(0, 1, false), (1, 1, false), (2, 2, false)] + (PostgresServer.shared == nil ? [] : [(3, 2, true)])

  @Test("after each of many random changes, whomever it touched", arguments: runs)
  func alike(run: Int, threads: Int, inDatabase: Bool) throws {
    let world = try World(threads: threads, inDatabase: inDatabase)
    var random = SystemRandomNumberGenerator()
    var (allowed, survived) = (0, 0)
    for step in 0..<50 {
      for asker in world.askers {
        for question in world.questions(asker) { _ = try world.kept.fast(question) }
      }
      _ = world.kept.scene.shared.answers.takeUses()
      for _ in 0...Int.random(in: 0...2, using: &random) { try change(world, &random) }
      if Int.random(in: 0..<8, using: &random) == 0 { world.kept.scene.clock.advance(20) }
      let forgetful = GateWorker(world.kept.scene.makeForgetfulEnforcer(), world.kept.scene.shared)
      for asker in world.askers.shuffled(using: &random) {
        for question in world.questions(asker) {
          let fast = try world.kept.fast(question)
          let slow = forgetful.answer(question.raw)
          let headers = slow.headers.map { "\($0.name): \($0.value)" }.filter(Self.isCompared)
          #expect(
            fast.status == slow.status && Set(fast.headers.filter(Self.isCompared)).isSuperset(of: headers),
            "run \(run), step \(step)")
          allowed += fast.status == 200 ? 1 : 0
        }
      }
      survived += world.kept.keptUses
    }
    // How much is allowed goes by chance, because early changes may take much away.
    #expect(allowed > 20 && survived > 10, "\(allowed), \(survived)")
  }

  /// A page may have several handles that are valid.
  private static func isCompared(_ header: String) -> Bool {
    !header.hasPrefix("X-Popsec-Decision") && !header.hasPrefix("Set-Cookie")
  }

  private func change(_ world: World, _ random: inout SystemRandomNumberGenerator) throws {
    guard let asker = world.askers.randomElement(using: &random) else { return }
    let isOn = Int.random(in: 0..<4, using: &random) > 0
    let index = Int.random(in: 0..<16, using: &random)
    try world.kept.scene.administration.change { change in
      // Most changes are about one API user.
      if index < 12 {
        try Self.act(index, isOn, asker, world, change)
      } else {
        try Self.actOnAll(index, isOn, world, change)
      }
    }
  }

  private static func act(_ index: Int, _ isOn: Bool, _ asker: Asker, _ world: World, _ change: Change) throws
  {
    let (subject, now) = (SubjectID.account(asker.account), world.kept.scene.clock.now)
    switch index {
    case 0: try change.setDisabled(!isOn, asker.token)
    case 1: try change.setEnabled(isOn, asker.account)
    case 2: try change.setExpiry(isOn ? .never : .at(now.adding(seconds: 30)), of: asker.token)
    case 3:
      let networks: [Network] = isOn ? [] : [Network("192.0.2.0/24")].compactMap { $0 }
      try change.setLimits(TokenLimits(networks: Set(networks)), of: asker.token)
    case 4:
      try change.saveMembers(
        of: world.kept.team, adding: isOn ? [asker.account] : [], removing: isOn ? [] : [asker.account])
    case 5:
      let bounds = Bounds(until: now.adding(seconds: 30))
      try change.saveMembers(of: world.kept.team, bounded: BoundedSet(asker.account, bounds), removing: [])
    case 6:
      let was = try change.reader.roles(of: subject).elements
      try change.saveRoles(of: subject, Edit(was: was, becomes: isOn ? [.builtIn(.widgetReader)] : []))
    case 7, 8:
      let given = Permissions(
        roles: [.user], companies: isOn ? .all : .only([]),
        lists: index == 7 ? .all : .only(Set(world.lists.prefix(1))))
      try change.setGrant(of: subject, on: world.connector, given)
    case 9: try change.setGrant(of: subject, on: world.connector, .none)
    case 10: try change.rename(asker.account, to: Name("Asker \(Int.random(in: 0...99_999))"))
    default: _ = try change.addAccount(.apiUser, name: Name("Other \(Int.random(in: 0...999_999_999))"))
    }
  }

  private static func actOnAll(_ index: Int, _ isOn: Bool, _ world: World, _ change: Change) throws {
    let team = SubjectID.team(world.kept.team)
    switch index {
    case 12:
      let lists: Coverage<ListID> = isOn ? .all : .only(Set(world.lists.prefix(1)))
      try change.setGrant(
        of: team, on: world.connector, Permissions(roles: [.user], companies: .all, lists: lists))
    case 13:
      let was = try change.reader.roles(of: team).elements
      let roles: Set<SystemRole> = [.builtIn(.apiReader), .builtIn(.widgetReader)]
      try change.saveRoles(of: team, Edit(was: was, becomes: isOn ? roles : []))
    case 14:
      for widget in try change.reader.widgets() { try change.setEnabled(isOn, widget) }
    default:
      try change.setGrant(
        of: team, on: world.connector,
        Permissions(roles: [.user], companies: isOn ? .all : .only([]), lists: .all))
    }
  }
}
