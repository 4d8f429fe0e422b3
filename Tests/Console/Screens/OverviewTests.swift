import Access
import Administration
import Foundation
import SQLiteStore
import Store
import Terminal
import Testing

@testable import Console

@Suite("The main menu tells in numbers what needs a look")
struct OverviewTests {
  /// Tokens at the edges of what is counted.
  private func world() throws -> ScreenWorld {
    let world = try ScreenWorld()
    try world.addCatalogue()
    let ends: [(name: String, seconds: Int64)] = [
      ("now", 0), ("second", 1), ("week", 7 * 86_400), ("after", 7 * 86_400 + 1), ("month", 30 * 86_400),
      ("later", 31 * 86_400), ("revoked", 100), ("off", 100),
    ]
    let account = try world.addAPIUser("Portal Mexico", tokens: ends.map(\.name) + ["never"])
    try world.addAPIUser("Gone", tokens: ["gone"])
    try world.administration.change { change in
      for token in try change.reader.tokens(of: account.id) {
        let end = ends.first { $0.name == token.name.text }
        try change.setExpiry(
          end.map { .at(ScreenWorld.now.adding(seconds: $0.seconds)) } ?? .never, of: token.id)
        if token.name.text == "off" { try change.setDisabled(true, token.id) }
        if token.name.text == "revoked" { try change.revoke(token.id) }
      }
      let gone = try #require(try change.reader.account(.apiUser, named: NameKey(try Name("Gone"))))
      try change.deleteAccount(gone.id)
    }
    return world
  }

  @Test(
    "each number is the count of the list that it opens",
    arguments: [("1", "ends<7d", 2), ("2", "ends<30d", 4), ("4", "unused>90d", 0)])
  func counts(key: String, filter: String, count: Int) throws {
    let world = try world()
    let figure = try #require(OverviewFigure.all.first { $0.key.label == key })
    #expect(try figure.read(world.context()).count == count)
    let listed = try world.administration.read { reader in
      let conditions = try ConditionFinder(reader, now: ScreenWorld.now).all(
        try WrittenConditions(filter, of: .tokens))
      return try reader.tokenCount(conditions)
    }
    #expect(listed == count)
    var console = world.console()
    console.press(key)
    #expect(console.compositor.titles == ["Main menu", "Tokens"])
    #expect(console.lines[1].contains(filter))
    // What ends soon begins with what ends next.
    #expect(count == 0 || console.lines[2].contains("Expires ▲"))
  }

  @Test(
    "an API user whose live token opens nothing is counted, unless it is disabled or its tokens are not live")
  func reachless() throws {
    let world = try world()
    #expect(try world.administration.reachless(among: 100).accounts.map(\.name.text) == ["Portal Mexico"])
    let part = try world.administration.reachless(among: 1)
    #expect(!part.isWhole && part.accounts.count <= 1)
    try world.addAPIUser("Without", tokens: [])
    let off = try world.addAPIUser("Off", tokens: ["t"])
    try world.administration.change { try $0.setEnabled(false, off.id) }
    #expect(try world.administration.reachless(among: 100).accounts.map(\.name.text) == ["Portal Mexico"])
    #expect(try world.administration.reachless(among: 100).isWhole)
  }

  @Test("tokens that were not used for 90 days are counted once they are that old")
  func unused() throws {
    let world = try world()
    let figure = try #require(OverviewFigure.all.first { $0.title.contains("unused") })
    world.clock.pass(seconds: 91 * 86_400)
    #expect(try figure.read(world.context()).count == 1)
  }

  @Test(
    "each number opens its list, by its key and by Enter",
    arguments: [
      ("3", "API users without access"), ("5", "Inbox"), ("6", "Recent denials"), ("7", "Gates"),
      ("Tab Enter", "Tokens"), ("Tab Down*4 Enter", "Inbox"), ("Down*4 Enter", "Tokens"),
      ("G Enter", "Gates"),
      ("Tab Tab Enter", "Security"),
    ])
  func opens(keys: String, title: String) throws {
    var console = try world().console()
    console.press(keys)
    #expect(console.compositor.titles == ["Main menu", title])
  }

  @Test("what can't be read is told as such, and never as zero")
  func unreadable() throws {
    let world = try world()
    try Data("this is no database".utf8).write(to: URL(fileURLWithPath: world.folder + "/gate.db"))
    let console = world.console()
    for title in ["Tokens unused for 90 days", "Denied in 24 hours"] {
      let line = try #require(console.lines.first { $0.contains(title) })
      #expect(line.contains(" ?  what gates recorded is not known"), "\(line)")
    }
    #expect(console.text.contains("What gates decided, the last 24 hours: what gates recorded is not known"))
    #expect(try #require(console.lines.first { $0.contains("Tokens that end in 7 days") }).contains(" 2"))
  }

  @Test("before a number is known, … stands in its place")
  func unknown() throws {
    let world = try world()
    let compositor = ConsoleRoot.compositor(
      world.context(), titleBar: "store", size: Size(columns: 80, rows: 24))
    var waiting = compositor
    waiting.start()
    let text = waiting.draw().text
    #expect(text.contains("Tokens that end in 7 days") && text.contains("        …"))
  }

  @Test("a menu that is covered from the start counts nothing until it is shown")
  func covered() throws {
    let world = try world()
    var compositor = ConsoleRoot.compositor(
      world.context(), titleBar: "store", size: Size(columns: 80, rows: 24))
    compositor.start(opening: [GatesScreen(context: world.context())])
    #expect(compositor.titles == ["Main menu", "Gates"])
    let begun = compositor.beginWork()
    #expect(!begun.isEmpty)
    #expect(!begun.contains { ["overview", "charts", "slow"].contains($0.key) })
    for work in begun { compositor.finish(work.ticket, with: .none) }
    compositor.handle(.key(.escape))
    #expect(compositor.beginWork().contains { $0.key == "overview" })
  }

  @Test(
    "slow numbers stand 100 times as long as counting them took, from a minute to ten",
    arguments: [(0, 60), (599, 60), (1_500, 150), (9_000, 600)])
  func slow(milliseconds: Int, seconds: Int64) {
    #expect(Overview.slowSeconds(after: .milliseconds(milliseconds)) == seconds)
  }

  @Test("the numbers are read again each minute, and when the menu is back")
  func again() throws {
    let world = try world()
    var console = world.console()
    func ending(_ console: ConsoleDriver) -> String? {
      console.lines.first { $0.contains("Tokens that end in 7 days") }?
        .split(separator: " ").last.map(String.init)
    }
    #expect(ending(console) == "2")
    try world.administration.change { change in
      let account = try change.addAccount(.apiUser, name: try Name("Another"))
      try change.addToken(to: account.id, name: try Name("t"))
      let token = try #require(try change.reader.tokens(of: account.id).first)
      try change.setExpiry(.at(ScreenWorld.now.adding(days: 1)), of: token.id)
    }
    console.elapse()
    #expect(ending(console) == "3")
    console.press("s")
    try world.administration.change { change in
      let account = try #require(try change.reader.account(.apiUser, named: NameKey(try Name("Another"))))
      try change.deleteAccount(account.id)
    }
    console.press("Esc")
    #expect(ending(console) == "2")
  }

  @Test("who may not read security has the menu alone")
  func hidden() throws {
    let console = try ScreenWorld(permissions: [.widgetsAddToken]).console()
    #expect(!console.text.contains("Tokens that end"))
  }

  @Test(
    "numbers have room first, then the day, then the weeks",
    arguments: [
      (Size(columns: 76, rows: 14), 6, true, true), (Size(columns: 76, rows: 13), 6, true, false),
      (Size(columns: 76, rows: 10), 6, true, false), (Size(columns: 76, rows: 9), 6, false, false),
      (Size(columns: 46, rows: 30), 6, false, false), (Size(columns: 76, rows: 4), 4, false, false),
      (Size(columns: 76, rows: 0), 0, false, false),
    ])
  func layout(size: Size, figures: Int, hasHours: Bool, hasWeeks: Bool) {
    let area = Rect(column: 2, row: 6, columns: size.columns, rows: size.rows)
    let layout = OverviewLayout(in: area, figureCount: 6)
    #expect(layout.figures.count == figures)
    #expect((layout.hours != nil) == hasHours && (layout.weeks != nil) == hasWeeks)
    for rect in layout.figures + [layout.hours, layout.weeks].compactMap({ $0 }) {
      #expect(rect.intersection(area) == rect)
    }
  }
}
