import Foundation
import Testing

@Suite("Widgets and endpoints by command")
struct PlaceChangeTests {
  private static func widget(_ words: String...) -> [String] { ["catalogue", "widget"] + words }
  private static func endpoint(_ words: String...) -> [String] { ["catalogue", "endpoint"] + words }

  @Test(
    "a change of a widget or an endpoint is shown with its effect, asked about, made and undone",
    arguments: [
      ChangeCase(
        arguments: widget(
          "add", "Stock", "--url", "https://portal.example.com/stock", "--connector", "Business Central",
          "--list", "Items", "--parameter", "company=tenant"),
        shown: ["catalogue.add  widget Stock", "API user “Portal” gains Items of MX"]),
      ChangeCase(
        arguments: widget("set", "Sales", "--name", "Orders", "--open"),
        shown: ["catalogue.edit  widget Sales", "+ Orders", "changes nobody's access"]),
      ChangeCase(
        arguments: widget("set", "Sales", "--list", "Items"), shown: ["- Sales Orders", "+ Items"]),
      ChangeCase(arguments: widget("remove", "Sales"), shown: ["catalogue.delete  widget Sales"]),
      ChangeCase(
        arguments: endpoint(
          "add", "Stock", "--url", "https://api.example.com/stock/{id}", "--connector", "Business Central",
          "--list", "Items", "--method", "get", "--method", "POST", "--match", "exact"),
        shown: ["catalogue.add  endpoint Stock", "+ exact"]),
      ChangeCase(arguments: endpoint("set", "Orders", "--method", "PATCH"), shown: ["- GET", "+ PATCH"]),
      ChangeCase(arguments: endpoint("remove", "Orders"), shown: ["catalogue.delete  endpoint Orders"]),
    ])
  func changes(change: ChangeCase) throws { try change.check(in: try ChangeWorld()) }

  @Test(
    "disabling doesn't ask, and enabling does", arguments: [["widget", "Sales"], ["endpoint", "Orders"]])
  func enabling(place: [String]) throws {
    let world = try ChangeWorld()
    try world.run(["token", "add", "Portal", "t"]).mustSucceed()
    try world.run(["api-user", "role", "Portal", "--add", "APIReader", "--yes"]).mustSucceed()
    let disable = ["catalogue", place[0], "disable", place[1]]
    let enable = ["catalogue", place[0], "enable", place[1]]
    let disabled = try world.run(disable)
    disabled.mustSucceed()
    #expect(disabled.output.contains("opens no more: \(place[0]) \(place[1])"), "\(disabled.output)")
    #expect(try world.run(disable).output == "nothing to do: all is like that already\n")
    #expect(try world.run(enable).status == 64)
    let enabled = try world.run(enable + ["--yes"])
    #expect(enabled.output.contains("opens \(place[0]) \(place[1])"), "\(enabled.output)")
  }

  @Test("what is wrong is refused with a hint, and nothing is changed")
  func wrong() throws {
    let world = try ChangeWorld()
    let before = try world.state()
    let add = [
      "--url", "https://portal.example.com/x", "--connector", "Business Central", "--list", "Items",
    ]
    let cases: [([String], Int32, String)] = [
      (Self.widget("add", "sales") + add, 65, "choose another"), (Self.widget("add", "x"), 64, "usage:"),
      (
        Self.widget("add", "x", "--connector", "Business Central", "--list", "Items", "--url", "ftp://x"), 65,
        "write it as in"
      ),
      (
        Self.widget(
          "add", "x", "--connector", "Business Central", "--list", "Items", "--url",
          "https://portal.example.com/sales"), 65, "give that another address"
      ),
      (Self.widget("add", "x") + add + ["--list", "Item"], 66, "did you mean “Items”?"),
      (Self.widget("add", "x") + add + ["--parameter", "company"], 65, "company=tenant"),
      (Self.widget("add", "x") + add + ["--parameter", "company=token"], 65, "take another one"),
      (
        Self.widget("add", "x") + add + ["--parameter", "company=a", "--parameter", "list=a"], 65,
        "narrows one thing"
      ),
      (Self.widget("set", "Sale", "--open"), 66, "did you mean “Sales”?"),
      (Self.widget("set", "Sales"), 64, "usage:"),
      (Self.widget("set", "Sales", "--connector", "Business Central"), 64, "usage:"),
      (Self.widget("enable", "Sale"), 66, "did you mean “Sales”?"),
      (Self.endpoint("add", "x") + add + ["--method", "G3T"], 65, "GET or POST"),
      (Self.endpoint("set", "Order", "--method", "GET"), 66, "did you mean “Orders”?"),
      (Self.endpoint("set", "Orders", "--match", "x"), 64, "usage:"),
      (Self.endpoint("remove", "x"), 66, "the list commands show them"),
    ]
    for (arguments, status, hint) in cases {
      let outcome = try world.run(arguments + ["--yes"])
      outcome.mustFail(status)
      #expect(outcome.errors.contains(hint), "\(arguments)\n\(outcome.errors)")
    }
    #expect(try world.state() == before)
  }
}
