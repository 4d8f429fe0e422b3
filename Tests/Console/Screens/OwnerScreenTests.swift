import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("Owners, notes and labels in the console")
struct OwnerScreenTests {
  private let world: ScreenWorld

  init() throws {
    world = try ScreenWorld()
    try world.administration.change { change in
      let ada = try change.addAccount(.user, name: try Name("Ada"))
      for (name, owner, label) in [
        ("A", Owner.user(ada.id), "env=prod"), ("B", nil, "env=prod"), ("C", nil, "x=y"),
      ] {
        let about = Particulars(owner: owner, labels: try Labels([try Label(label)]))
        let account = try change.addAccount(.apiUser, name: try Name(name), particulars: about)
        try change.addToken(to: account.id, name: try Name("token"))
      }
    }
  }

  private func account(_ name: String) throws -> Account {
    try world.administration.read { reader in
      try #require(try reader.account(.apiUser, named: NameKey(try Name(name))))
    }
  }

  private func token(_ name: String) throws -> Token {
    let id = try account(name).id
    return try world.administration.read { try #require(try $0.tokens(of: id).first) }
  }

  @Test("the General page edits them, and knows users by name")
  func general() throws {
    var console = world.console()
    console.press(
      "s a Down Enter Enter Tab*2 \"user:ADA\" Tab \"of the shop\" Tab \" kind=portal\" Tab Enter")
    let about = try account("B").particulars
    guard case .user = about.owner else {
      Issue.record("\(console.text)")
      return
    }
    #expect(about.note.text == "of the shop" && about.labels.words == ["env=prod", "kind=portal"])
  }

  @Test(
    "what is none is told at its field, and not saved",
    arguments: ["Tab*2 \"user:nobody\"", "Tab*4 \" Env=x\"", "Tab*2 \"user:\""])
  func wrong(keys: String) throws {
    let before = try account("B")
    var console = world.console()
    console.press("s a Down Enter Enter \(keys) Tab*3 Enter")
    #expect(try account("B") == before, "\(console.text)")
  }

  @Test("a token is described in a dialog, and its details tell who answers for it")
  func tokens() throws {
    var console = world.console()
    console.press("s a Enter Down*3 Enter Enter")
    #expect(console.text.contains("user:Ada, of its user"), "\(console.text)")
    console.press("Esc o \"web@example.com\" Tab \"embedded\" Tab \"env=prod\" Enter")
    #expect(try token("A").particulars.owner == .text(try OwnerText("web@example.com")))
    // Enter in the field of the owner lists the users, filtered by what is typed.
    console.press("o C-u \"ad\" Enter Enter")
    #expect(console.text.contains("user:Ada"), "\(console.text)")
    console.press("BTab C-u \"web@example.com\" Tab*3 Enter")
    let about = try token("A").particulars
    #expect(about.owner == .text(try OwnerText("web@example.com")), "\(console.text)")
    #expect(about.note.text == "embedded" && about.labels.words == ["env=prod"])
    console.press("Enter")
    for text in ["web@example.com", "embedded", "env=prod", "by tests"] {
      #expect(console.text.contains(text), "\(console.text)")
    }
  }

  @Test(
    "the filter goes by labels and owners, together with a part of a name",
    arguments: [
      ("env=prod", ["A", "B"]), ("env=prod b", ["B"]), ("owner:ada", ["A"]), ("owner:none", ["B", "C"]),
      ("env=prod owner:none", ["B"]), ("x=y", ["C"]), ("env=test", []), ("owner:web", []), ("c", ["C"]),
    ])
  func filter(text: String, names: [String]) throws {
    let written = try WrittenConditions(text, of: .apiUsers)
    let query = try world.administration.read {
      try ConditionFinder($0, now: ScreenWorld.now).query(written, .apiUser)
    }
    let found = try world.administration.read {
      try $0.accounts(query, .first, limit: 9, now: ScreenWorld.now).rows.map(\.account.name.text)
    }
    #expect(found == names)
    var console = world.console()
    console.press("s a / \"\(text)\" Enter")
    for name in ["A", "B", "C"] {
      #expect(console.text.contains("\(name)  ") == names.contains(name) || names.isEmpty, "\(console.text)")
    }
  }

  @Test("where there is room the list tells who added the selected API user, and the owner")
  func details() throws {
    var console = world.console(size: Size(columns: 100, rows: 40))
    console.press("s a")
    #expect(
      console.text.contains("added now, Mon 23 Nov 12:00 UTC by tests; owner user:Ada; env=prod"),
      "\(console.text)")
    console.press("Down")
    #expect(console.text.contains("no owner"), "\(console.text)")
  }
}
