import Access
import Administration
import Foundation
import SQLStore
import SQLiteStore
import Store
import Terminal
import Testing

@testable import Console

@Suite("A list while gates recorded 10,000 uses that the store does not know")
struct UntakenUsesTests {
  private static let useCount = 10_000
  private static let users = 40
  private static let tokensOfEach = 10

  private let world: ScreenWorld
  private let tokens: [Token]
  private let records: SQLiteUseStore

  init() throws {
    world = try ScreenWorld()
    tokens = try world.administration.change { change in
      try (0..<Self.users).flatMap { user in
        let account = try change.addAccount(.apiUser, name: try Name("User \(user + 10)"))
        return try (0..<Self.tokensOfEach).map { token in
          try change.addToken(to: account.id, name: try Name("\(token)"))
        }
      }
    }
    records = try SQLiteUseStore.open(StoreFolder(path: world.folder), now: ScreenWorld.now)
    // Each token was used with many Token IDs, the tokens of the last user last.
    try add(
      (0..<Self.useCount).map { number in
        use(of: tokens[number * tokens.count / Self.useCount], at: Self.time(number))
      })
  }

  private static func time(_ number: Int) -> Timestamp {
    ScreenWorld.now.adding(seconds: Int64(number - 2 * useCount))
  }

  /// The list by itself, because the overview at the main menu asks for all uses.
  private func list() -> ConsoleDriver {
    ConsoleDriver(AccountListScreen(.apiUser, context: world.context()), size: Size(columns: 120, rows: 24))
  }

  private func use(of token: Token, at time: Timestamp) -> TokenIDUse {
    TokenIDUse(
      secret: .random(), token: token.id, account: token.account, firstUsedAt: time, lastUsedAt: time,
      useCount: 1)
  }

  private func add(_ uses: [TokenIDUse]) throws {
    try records.add(uses, [], DecisionSums(), keeping: .standard, now: ScreenWorld.now)
  }

  private var knownCount: Int {
    get throws {
      try world.administration.read { try $0.lastUses(of: tokens.map(\.id)).values.count { $0 != nil } }
    }
  }

  @Test("opens after one step at most, and tells every use on its first page")
  func opens() throws {
    let console = list()
    let rows = console.lines.filter { $0.contains("User ") }
    #expect(rows.count > 10 && !rows.contains { $0.contains("never") }, "\(console.text)")
    #expect(try knownCount <= UseTakeOver.mostTokens * tokens.count / Self.useCount + 1)
  }

  @Test("orders by the last use when all are taken over, in steps between which others write")
  func orders() throws {
    var console = list()
    console.press("3 3")
    var steps = 0
    while try knownCount < tokens.count, steps < 500 {
      console.elapse()
      _ = try world.addTeam("Team \(steps)")
      steps += 1
    }
    #expect(steps >= Self.useCount / UseTakeOver.mostTokens - 2, "\(steps)")
    console.elapse()
    // The later a user's number, the later its tokens were used.
    let names = console.lines.compactMap { $0.firstMatch(of: #/User \d\d/#).map { String($0.output) } }
    #expect(names.count > 10 && names == names.sorted(by: >), "\(console.text)")
  }

  @Test("tells them, too, where others write all the time")
  func held() throws {
    let other = try SQLiteStore.open(StoreFolder(path: world.folder), now: ScreenWorld.now)
    try other.write { _ in
      let console = list()
      let rows = console.lines.filter { $0.contains("User ") }
      #expect(rows.count > 10 && !rows.contains { $0.contains("never") }, "\(console.text)")
    }
    #expect(try knownCount == 0)
  }

  @Test("a step takes over a bounded number, all of them none of which is lost, and a later use later")
  func steps() throws {
    let takeOver = UseTakeOver()
    var ends: [UseTakeOver.End] = []
    while ends.last != .done, ends.count < 500 {
      let step = try takeOver.step(world.administration)
      #expect(step.tokenCount <= UseTakeOver.mostTokens)
      ends.append(step.end)
    }
    #expect(
      ends.dropLast().allSatisfy { $0 == .goesOn } && ends.count >= Self.useCount / UseTakeOver.mostTokens)
    try expectAllKnown()
    // The last of the steps had found nothing already.
    for (seconds, pause) in [(0, 5_000), (0, 5_000), (20, 20_000), (70, 80_000)] {
      world.clock.pass(seconds: Int64(seconds))
      #expect(try takeOver.step(world.administration).tokenCount == 0)
      #expect(takeOver.pauseMilliseconds(now: world.administration.now) == pause)
    }
    // A use in the future, and then one of the present.
    let first = try #require(tokens.first)
    try add([use(of: tokens[1], at: ScreenWorld.now.adding(days: 9))])
    #expect(try takeOver.finish(world.administration).tokenCount == 1)
    #expect(takeOver.pauseMilliseconds(now: world.administration.now) == 5_000)
    let present = world.administration.now
    try add([use(of: first, at: present)])
    #expect(try takeOver.finish(world.administration).tokenCount == 1)
    #expect(try world.administration.read { try $0.lastUses(of: [first.id]) } == [first.id: present])
  }

  private func expectAllKnown() throws {
    let known = try world.administration.read { try $0.lastUses(of: tokens.map(\.id)) }
    let usesOfEach = Self.useCount / tokens.count
    for (index, token) in tokens.enumerated() {
      #expect(known[token.id] == Self.time((index + 1) * usesOfEach - 1))
    }
  }

  @Test(
    "a bulk action on what was long unused takes them over first, and is refused where the records can't be read"
  )
  func bulk() throws {
    var tokens = TokenListScreen(context: world.context())
    tokens.choice.chooseAll(matching: "used:never")
    let targets = try tokens.targets(of: tokens.choice)
    #expect(try world.administration.plan(.revoke, on: targets).someNames.isEmpty)
    try expectAllKnown()
    let place = StoreFolder(path: world.folder).useDatabase
    for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: place + end) }
    try Data(repeating: 7, count: 9_000).write(to: URL(fileURLWithPath: place))
    #expect(throws: UseTrouble.self) { try tokens.targets(of: tokens.choice) }
    var accounts = AccountListScreen(.apiUser, context: world.context())
    accounts.choice.chooseAll(matching: "used:never")
    #expect(throws: UseTrouble.self) { try accounts.targets(of: accounts.choice) }
  }
}
