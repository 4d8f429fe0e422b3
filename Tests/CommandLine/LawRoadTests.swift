import Foundation
import Glibc
import Testing

@Suite("Mexico and the US in one hand, which a law forbids")
struct LawRoadTests {
  private static let connector = ["--connector", "Business Central"]

  /// Portal sees Mexico, and may not see the US as well.
  private func world() throws -> ChangeWorld {
    let world = try ChangeWorld()
    try world.run(["team", "add", "US"]).mustSucceed()
    try world.run(
      ["grant", "add", "--team", "US"] + Self.connector
        + ["--role", "User", "--company", "US", "--list", "Items", "--yes"]
    ).mustSucceed()
    return world
  }

  private func addLaw(_ world: ChangeWorld) throws { try world.run(LawTests.apart + ["--yes"]).mustSucceed() }

  private func mustBeRefused(_ world: ChangeWorld, _ arguments: [String]) throws {
    let before = try world.security()
    let outcome = try world.run(arguments)
    #expect(outcome.status == 65, "\(arguments)\n\(outcome.output)\(outcome.errors)")
    for text in [
      "this would break the law “one country” (audit)", "API user “Portal” can see both", "hint: ",
      "popsec explain --api-user Portal --api",
    ] {
      #expect(outcome.errors.contains(text), "\(arguments)\n\(outcome.errors)")
    }
    #expect(try world.security() == before)
  }

  @Test(
    "no command brings it about",
    arguments: [
      ["grant", "add", "--api-user", "Portal"] + connector
        + ["--role", "User", "--company", "US", "--list", "Items"],
      ["grant", "add", "--team", "Mexico"] + connector + ["--all-companies"],
      ["api-user", "team", "Portal", "--add", "US"], ["team", "member", "US", "--add-api-user", "Portal"],
      ["api-user", "team", "Portal", "--add", "US", "--from", "2120-01-01"],
      ["api-user", "bulk", "add-to-team", "Portal", "--team", "US"],
    ])
  func commands(arguments: [String]) throws {
    let world = try world()
    try addLaw(world)
    try mustBeRefused(world, arguments + ["--yes"])
  }

  @Test(
    "what is exported with its laws makes an empty store the same, and a file may bring catalogue and laws at once"
  )
  func export() throws {
    let world = try world()
    try addLaw(world)
    let other = try Program.initialized()
    let path = other.home + "/all.yaml"
    try world.run(["export"]).output.write(toFile: path, atomically: true, encoding: .utf8)
    let applied = try other.run("apply", path, "--yes")
    #expect(applied.status == 0, "\(applied.errors)")
    #expect(try other.run("law", "list").output.contains("one country"))
    #expect(try other.run("plan", path).output.contains("nothing to do"))
  }

  @Test("an API user that becomes Administrator sees both", arguments: ["api-user", "team"])
  func administrator(kind: String) throws {
    let world = try world()
    try addLaw(world)
    let outcome = try world.run([
      kind, "role", kind == "team" ? "Mexico" : "Portal", "--add", "Administrator", "--yes",
    ])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("by the role Administrator"), "\(outcome.errors)")
  }

  @Test("neither does an undo, nor what is restored")
  func comingBack() throws {
    let world = try world()
    try world.run(["api-user", "team", "Portal", "--add", "US", "--yes"]).mustSucceed()
    try world.run(["team", "delete", "US", "--yes"]).mustSucceed()
    try addLaw(world)
    try mustBeRefused(world, ["deleted", "restore", "team", "US"])

    let other = try self.world()
    try other.run(["api-user", "team", "Portal", "--remove", "Mexico", "--yes"]).mustSucceed()
    let number = try #require(
      try other.run(["undo", "--list", "--json"]).object()[0]?["number"].flatMap {
        if case .number(let number) = $0 { Int(number) } else { nil }
      })
    try addLaw(other)
    try other.run(["api-user", "team", "Portal", "--add", "US", "--yes"]).mustSucceed()
    try mustBeRefused(other, ["undo", String(number), "--yes"])
  }

  @Test("nor an agreed proposal", .enabled(if: getuid() == 0, "only root comes as somebody else"))
  func proposal() throws {
    let world = try ChangeWorld.takingTwo("dual.administrator", "on")
    let asked = try world.run(["api-user", "role", "Portal", "--add", "Administrator", "--yes"])
    #expect(asked.status == 75, "\(asked.errors)")
    let number = try #require(asked.errors.firstMatch(of: /proposal (\d+)/)).1
    try addLaw(world)
    let agreed = try world.program.run(
      "inbox", "agree", String(number), "--yes", environment: TwoAdministrators.second)
    #expect(agreed.status == 65, "\(agreed.output)\(agreed.errors)")
    #expect(agreed.errors.contains("this would break the law “one country”"), "\(agreed.errors)")
  }

  @Test("disabling, revoking, deleting and taking away go on, also where a law is broken")
  func takingAway() throws {
    let world = try world()
    try addLaw(world)
    try world.run(LawTests.never + ["--watch", "--yes"]).mustSucceed()
    try world.run(["token", "add", "Portal", "portal"]).mustSucceed()
    for arguments in [
      ["token", "disable", "Portal", "portal"], ["token", "revoke", "Portal", "portal", "--yes"],
      ["api-user", "disable", "Portal"],
      ["grant", "remove", "--team", "Mexico"] + Self.connector + ["--list", "Sales Orders", "--yes"],
      ["api-user", "team", "Portal", "--remove", "Mexico", "--yes"], ["team", "delete", "Mexico", "--yes"],
      ["api-user", "delete", "Portal", "--yes"],
    ] { try world.run(arguments).mustSucceed() }
  }
}
