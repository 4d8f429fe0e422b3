import Access
import Administration
import Store
import Testing

@Suite("Conditions on laws")
struct LawFilterTests {
  private static func laws() throws -> [Law<AsWritten>] {
    let central = try LawWhat<AsWritten>(connector: Name("Business Central"))
    let force = try LawWhat<AsWritten>(connector: Name("Salesforce"))
    let prod = LawSelection<AsWritten>.labelled(try Labels([try Label("env=prod")]))
    return [
      try Law(
        name: Name("one country"), reason: Summary("audit"),
        form: .apart(LawWho(apiUsers: .members([Name("Portals")])), central, force)),
      try Law(
        name: Name("no payroll"), mode: .watch, form: .never(LawWho(apiUsers: prod), central),
        exceptions: [Name("Portal"): .distantPast]),
      try Law(name: Name("partners"), form: .within(LawWho(users: .named([Name("ada")])), Name("Partners"))),
      try Law(
        name: Name("tokens end"),
        form: .tokens(LawWho(apiUsers: .named([Name("Kiosk")])), TokenDemands(isExpiring: true))),
    ]
  }

  @Test(
    "laws are found by what they say, by their form and mode, and by what they name",
    arguments: [
      ("", [0, 1, 2, 3]), ("country", [0]), ("AUDIT", [0]), ("business central", [0, 1]),
      ("connector:\"business central\"", [0, 1]), ("connector:Salesforce", [0]),
      ("connector:Nowhere", []), ("-connector:Salesforce", [1, 2, 3]), ("kind:apart", [0]),
      ("kind:tokens", [3]), ("state:watch", [1]), ("state:enforce", [0, 2, 3]), ("team:portals", [0]),
      ("team:Partners", [2]), ("user:ADA", [2]), ("api-user:portal", [1]), ("api-user:Kiosk", [3]),
      ("label:env", [1]), ("env=prod", [1]), ("label:env=test", []),
      ("state:enforce connector:\"Business Central\" kind:apart", [0]),
    ])
  func found(text: String, places: [Int]) throws {
    let laws = try Self.laws()
    let filter = LawFilter(try WrittenConditions(text, of: .laws))
    #expect(laws.indices.filter { filter.holds(laws[$0]) } == places)
  }
}
