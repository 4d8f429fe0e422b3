import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("The page In force says when a grant counts")
struct InForceTests {
  private let world: ScreenWorld
  private let connector: ConnectorID
  private let account: Account
  /// The page In force of the first API user's first connector, from the main menu.
  private static let page = "s a Enter Down*12 Enter"

  init() throws {
    world = try ScreenWorld()
    connector = try world.addCatalogue()
    account = try world.addAPIUser("Portal")
    try set(.always)
  }

  private func set(_ bounds: Bounds) throws {
    try world.administration.change {
      try $0.setGrant(
        of: .account(account.id), on: connector, Permissions(roles: [.user], lists: .all, bounds: bounds))
    }
  }

  private var bounds: Bounds {
    get throws { try world.permissions("Portal", on: connector).bounds }
  }

  private func bounds(_ from: String?, _ until: String?) throws -> Bounds {
    try Bounds(from: from.flatMap { Timestamp($0) }, until: until.flatMap { Timestamp($0) })
  }

  @Test("both ends are typed, shown in words, saved, and taken away again")
  func saves() throws {
    var console = world.console()
    console.press(Self.page)
    #expect(console.text.contains("It is in force without a bound."))
    console.press("\"2026-11-20\" Down \"+14d\"")
    #expect(console.text.contains("It ends in 14 days, Mon 7 Dec 12:00 UTC."))
    console.press("C-s")
    #expect(try bounds == bounds("2026-11-20T00:00:00Z", "2026-12-07T12:00:00Z"))
    #expect(try world.permissions("Portal", on: connector).lists == .all)
    console.press("C-u Up C-u C-s Enter")
    #expect(try bounds == .always)
  }

  @Test(
    "what can't be is refused in the field, and nothing typed is lost",
    arguments: [
      ("2027-01-01", "2026-12-01", "it must end after it begins"),
      ("2027-01-01", "2027-01-01", "it must end after it begins"),
      ("soon", "", "this is no instant"), ("", "2026-12-01 12:00:00.5", "whole seconds"),
    ])
  func refuses(from: String, until: String, words: String) throws {
    var console = world.console()
    console.press(Self.page)
    if !from.isEmpty { console.press("\"\(from)\"") }
    console.press("Down")
    if !until.isEmpty { console.press("\"\(until)\"") }
    #expect(console.text.contains(words))
    console.press("C-s")
    #expect(console.text.contains("correct what is marked first"))
    #expect(console.text.contains(until) && console.text.contains(from))
    #expect(try bounds == .always)
  }

  @Test("an end that came too early is mended by the beginning, too")
  func mendsByTheOther() throws {
    var console = world.console()
    console.press(Self.page + " \"2027-01-01\" Down \"2026-12-01\"")
    #expect(console.text.contains("it must end after it begins"))
    console.press("Up C-u \"2026-11-30\"")
    #expect(!console.text.contains("it must end after it begins"))
    console.press("C-s Enter")
    #expect(try bounds == bounds("2026-11-30T00:00:00Z", "2026-12-01T00:00:00Z"))
  }

  @Test("bounds that somebody else saved meanwhile are shown beside one's own, and neither is saved unasked")
  func conflict() throws {
    var console = world.console()
    console.press(Self.page + " Down \"2026-12-01\"")
    try set(Bounds(until: Timestamp("2026-12-24T00:00:00Z")))
    console.press("C-s")
    #expect(console.text.contains("Changed meanwhile"))
    #expect(console.text.firstMatch(of: /≠ Until +2026-12-24 00:00 +2026-12-01 00:00/) != nil)
    #expect(try bounds == bounds(nil, "2026-12-24T00:00:00Z"))
  }

  @Test("what a grant's end takes away is said before it is saved")
  func saysWhatItDoes() throws {
    try world.administration.change {
      try $0.saveRoles(of: .account(account.id), Edit(was: [], becomes: [.builtIn(.apiReader)]))
      try $0.setGrant(
        of: .account(account.id), on: connector, Permissions(roles: [.user], companies: .all, lists: .all))
    }
    var console = world.console()
    console.press(Self.page + " Down \"2026-11-22\" C-s")
    #expect(console.text.contains("This is what it does"))
    #expect(try bounds == .always)
  }

  @Test("where nothing is given there is nothing to bound")
  func nothingGiven() throws {
    var console = world.console()
    console.press("s a Enter Down*13 Enter Down*7 Enter")
    #expect(console.text.contains("nothing is given on “Salesforce” yet"))
  }

  @Test(
    "the navigation pane tells how the grant stands",
    arguments: [
      (nil, "2026-11-22T00:00:00Z", "- Business Central ended"),
      ("2026-12-22T00:00:00Z", nil, "- Business Cent… not yet"),
      (nil, "2026-11-26T12:00:00Z", "- Business C… ends 3 d !"), (nil, nil, "given"),
    ] as [(String?, String?, String)])
  func navigation(from: String?, until: String?, words: String) throws {
    try set(try bounds(from, until))
    var console = world.console()
    console.press("s a Enter")
    #expect(console.text.contains(words), "\(console.text)")
  }
}
