import Foundation
import Testing

@Suite struct TokenTests {
  let program: Program

  init() throws {
    program = try .initialized()
    try program.run("api-user", "add", "Portal Mexico", "--token", "portal").mustSucceed()
  }

  private func reveal(_ arguments: String...) throws -> String {
    let outcome = try program.run(["token", "reveal"] + arguments, reveals: true)
    outcome.mustSucceed()
    #expect(outcome.output.wholeMatch(of: /pst_[0-9A-Za-z]{38}\n/) != nil, "not alone on a line")
    return String(outcome.output.dropLast())
  }

  private var token: JSONValue? {
    get throws { try program.run("token", "list", "portal mexico", "--json").object()[0] }
  }

  @Test("adding a token prints its name, mask and end, and how to copy it")
  func adds() throws {
    let outcome = try program.run("token", "add", "Portal Mexico", "second", "--expires", "30d")
    outcome.mustSucceed()
    #expect(outcome.output.contains("second"))
    #expect(outcome.output.contains(/pst_[0-9A-Za-z]{3}…/))
    #expect(outcome.output.contains("UTC"))
    #expect(outcome.output.contains("popsec token copy --id "))
  }

  @Test("tokens have stable keys in JSON")
  func listsJSON() throws {
    #expect(
      try token?.keys == [
        "id", "name", "account", "accountKind", "maskedTokenID", "state", "expires", "everWithoutExpiry",
        "created", "lastUsed", "lastSource", "lastPlace", "uses", "denials", "older", "disabled", "revoked",
        "widgets", "endpoints", "networks", "ratePerMinute", "from",
        "createdBy", "owner", "note", "labels",
      ])
    #expect(try token?["state"]?.text == "live")
  }

  @Test("a Token ID can be revealed again at any later time, by names or id")
  func reveals() throws {
    let one = try reveal("Portal Mexico", "portal")
    let id = try #require(try token?["id"]?.text)
    #expect(try reveal("--id", id) == one)
  }

  @Test(
    "whois reads a Token ID or an address from standard input",
    arguments: [
      ("", "\n"), ("  ", " \r\n"), ("https://portal.example.com/w?a=1&token=", "&b=2#x\n"),
    ])
  func whois(before: String, after: String) throws {
    let secret = try reveal("Portal Mexico", "portal")
    let outcome = try program.run("token", "whois", "--json", input: before + secret + after)
    outcome.mustSucceed()
    #expect(try outcome.object()["account"]?.text == "Portal Mexico")
    #expect(try outcome.object()["name"]?.text == "portal")
  }

  @Test(
    "whois refuses what is no Token ID, and does not repeat it",
    arguments: ["", "x", "pst_SECRET", "SECRET", String(repeating: "SECRET", count: 5_000)])
  func whoisRefuses(input: String) throws {
    let outcome = try program.run("token", "whois", input: input)
    outcome.mustFail(65)
    #expect(!outcome.errors.contains("SECRET"))
  }

  @Test("whois notices a typo, and doesn't know what another store made")
  func whoisUnknown() throws {
    let secret = try reveal("Portal Mexico", "portal")
    let typo = secret.dropLast() + (secret.hasSuffix("0") ? "1" : "0")
    let mistyped = try program.run("token", "whois", input: String(typo))
    mistyped.mustFail(65)
    #expect(mistyped.errors.contains("checksum"))
    try Program.initialized().run("token", "whois", input: secret).mustFail(66)
  }

  @Test("copying without a terminal ends with 64, and is not recorded as copied")
  func copyNeedsTerminal() throws {
    let outcome = try program.run("token", "copy", "Portal Mexico", "portal")
    outcome.mustFail(64)
    #expect(outcome.errors.contains("terminal"))
  }

  @Test(
    "a token's end is 90 days away, or what was said",
    arguments: [
      (["--expires", "never"], "never"), (["--expires", "2027-02-21"], "2027-02-21T00:00:00Z"),
      (["--expires", "2027-02-21T01:00:00+01:00"], "2027-02-21T00:00:00Z"),
    ])
  func expiries(options: [String], expires: String) throws {
    let outcome = try program.run(["token", "add", "Portal Mexico", "t", "--json"] + options)
    #expect(try outcome.object()["expires"]?.text == expires)
  }

  @Test("a token that never expired is marked so for good")
  func marksNever() throws {
    try program.run("token", "set-expiry", "Portal Mexico", "portal", "--expires", "never").mustSucceed()
    try program.run("token", "set-expiry", "Portal Mexico", "portal", "--expires", "9d").mustSucceed()
    #expect(try token?["everWithoutExpiry"] == .bool(true))
    #expect(try token?["expires"]?.text != "never")
  }

  @Test("a token is renamed, disabled and enabled, by names or id")
  func changes() throws {
    let id = try #require(try token?["id"]?.text)
    try program.run("token", "rename", "Portal Mexico", "portal", "gate").mustSucceed()
    try program.run("token", "disable", "--id", id).mustSucceed()
    #expect(try token?["state"]?.text == "disabled")
    try program.run("token", "enable", "Portal Mexico", "Gate").mustSucceed()
    #expect(try token?["state"]?.text == "live")
    try program.run("token", "rename", "--id", id, "portal").mustSucceed()
    #expect(try token?["name"]?.text == "portal")
  }

  @Test("after rotations one older live Token ID is shown, and none of a revoked token")
  func rotates() throws {
    func rotate(_ options: String...) throws -> String {
      let outcome = try program.run(["token", "rotate", "Portal Mexico", "portal"] + options)
      outcome.mustSucceed()
      return outcome.output
    }
    func older() throws -> Int { try token?["older"]?.elements.count ?? -1 }
    #expect(try rotate().contains("is valid until the new one is used, at the latest"))
    let hint = try #require(try token?["older"]?[0]?["maskedTokenID"]?.text)
    #expect(try rotate("--until", "30d").contains("nor is \(hint), an older one that was valid until now"))
    #expect(try older() == 1)
    #expect(try rotate("--until", "now").contains("the Token ID before is no longer valid"))
    #expect(try older() == 0)
    _ = try rotate()
    let people = try program.run("token", "list", "Portal Mexico")
    #expect(people.output.contains("its older Token ID"))
    try program.run("token", "revoke", "Portal Mexico", "portal", "--yes").mustSucceed()
    #expect(try older() == 0)
    #expect(try !program.run("token", "list", "Portal Mexico").output.contains("older"))
    try program.run("token", "rotate", "Portal Mexico", "portal", "--until", "never").mustFail(65)
  }

  @Test(
    "what would be done is told, and not done",
    arguments: [
      ["revoke"], ["disable"], ["set-expiry", "--expires", "+9d"], ["limit", "--rate", "7"], ["rotate"],
      ["describe", "--note", "shop"],
    ])
  func dryRun(command: [String]) throws {
    let before = try program.run("export", "--json").output
    let address = ["Portal Mexico", "portal"]
    let outcome = try program.run(["token"] + command + ["--dry-run"] + address)
    outcome.mustSucceed()
    #expect(outcome.output.contains("effect on access"), "\(outcome.output)")
    #expect(try program.run("export", "--json").output == before)
  }

  @Test("revoking asks nothing, and is final")
  func revokes() throws {
    let id = try #require(try token?["id"]?.text)
    try program.run("token", "revoke", "--id", id).mustSucceed()
    #expect(try token?["state"]?.text == "revoked")
    for verb in ["enable", "disable", "reveal"] { try program.run("token", verb, "--id", id).mustFail(65) }
    for again in [["--id", id, "--yes"], ["Portal Mexico", "portal"]] {
      #expect(try program.run(["token", "revoke"] + again).output.contains("nothing to do"))
    }
    try program.run("token", "add", "Portal Mexico", "portal").mustSucceed()
  }

  @Test("the name of a live token is taken, one of another user is not")
  func takenNames() throws {
    try program.run("token", "add", "Portal Mexico", "PORTAL").mustFail(65)
    try program.run("api-user", "add", "Portal US", "--token", "portal").mustSucceed()
  }

  @Test("without the seal key tokens can be looked up, and neither revealed nor added")
  func withoutSealKey() throws {
    let secret = try reveal("Portal Mexico", "portal")
    try FileManager.default.removeItem(atPath: program.store + "/keys/seal.key")
    try program.run("token", "whois", input: secret).mustSucceed()
    try program.run("token", "reveal", "Portal Mexico", "portal").mustFail(69)
    try program.run("token", "add", "Portal Mexico", "second").mustFail(69)
    try program.run("api-user", "add", "Other", "--token", "t").mustFail(69)
    #expect(try program.run("api-user", "list", "--json").object().count == 1)
  }

  @Test("with another store's keys nothing is revealed")
  func otherKeys() throws {
    let other = try Program.initializedByItself()
    try program.run("token", "reveal", "Portal Mexico", "portal", "--keys", other.store + "/keys").mustFail(
      69)
  }
}
