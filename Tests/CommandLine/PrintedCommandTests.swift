import Foundation
import Testing

/// What explain prints is run as it is, by a shell.
@Suite("The smallest change as a command")
struct PrintedCommandTests {
  /// Runs a command line in a shell, with the built popsec in front of all others.
  private func shell(_ line: String, _ program: Program) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    let folder = (Program.path as NSString).deletingLastPathComponent
    process.environment = program.standardEnvironment.merging(["PATH": folder + ":/usr/bin:/bin"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(line)\n\(text)")
  }

  /// Asks, runs the commands of the first fix, and checks that the request is allowed then.
  private func mend(_ request: [String], _ program: Program, _ expected: [String]) throws {
    let asked = try program.run(["explain"] + request + ["--json"])
    #expect(asked.status == 1, "\(asked.errors)")
    let first = try #require(try asked.object()["commands"]?[0])
    let commands = first.elements.compactMap(\.text)
    #expect(commands == expected)
    let shown = try program.run(["explain"] + request).output
    for command in commands {
      #expect(shown.contains("\n  " + command + "\n"))
      // Commands about tokens don't ask.
      let yes = command.hasPrefix("popsec token") ? "" : " --yes"
      let parts = command.replacing(
        "INSTANT", with: command.contains("--from INSTANT") ? "2020-01-01" : "+1d"
      )
      .split(separator: " -- ", maxSplits: 1)
      try shell(parts[0] + yes + (parts.count > 1 ? " -- " + parts[1] : ""), program)
    }
    let again = try program.run(["check"] + request)
    #expect(again.status == 0, "\(again.output)")
  }

  private static let names = ["It's \"$HOME\" `x`", "-n"]

  @Test("a grant and a role are added to names that a shell could misread", arguments: names)
  func quotes(name: String) throws {
    let world = try ChangeWorld()
    try world.run(["team", "add", "--", name]).mustSucceed()
    let quoted = name == "-n" ? "" : "'" + name.replacing("'", with: "'\\''") + "'"
    let option = name == "-n" ? "--team=-n" : "--team " + quoted
    let role =
      name == "-n"
      ? "popsec team role --add WidgetReader -- -n" : "popsec team role \(quoted) --add WidgetReader"
    try mend(
      [name == "-n" ? "--team=-n" : "--team"] + (name == "-n" ? [] : [name])
        + ["--widget", "Sales", "--company", "MX", "--action", "Release"], world.program,
      [
        role,
        "popsec grant add \(option) --connector 'Business Central' --role User --company MX --list 'Sales Orders'"
          + " --action 'Sales Orders: Release'",
      ])
  }

  @Test("an item alone is added to the grant of a team")
  func item() throws {
    try mend(
      ["--api-user", "Portal", "--widget", "Sales", "--company", "MX", "--list-action", "Export"],
      try ChangeWorld().program,
      ["popsec grant add --team Mexico --connector 'Business Central' --list-action 'Sales Orders: Export'"])
  }

  @Test("what has ended is prolonged, and what has not begun begins earlier and keeps its end")
  func times() throws {
    let request = ["--api-user", "Kiosk", "--widget", "Sales", "--company", "MX"]
    let member = ["team", "member", "Mexico", "--add-api-user", "Kiosk", "--yes"]
    let later = try ChangeWorld()
    try later.run(member + ["--from", "2120-01-01", "--until", "2121-01-01"]).mustSucceed()
    try mend(
      request, later.program,
      ["popsec api-user team Kiosk --add Mexico --from INSTANT --until 2121-01-01T00:00:00Z"])
    let file = ChangeWorld.file.replacing(
      "{name: Kiosk}", with: "{name: Kiosk, teams: [{name: Mexico, until: \"2020-01-01T00:00:00Z\"}]}")
    let ended = try ChangeWorld()
    try ended.apply(file)
    try mend(request, ended.program, ["popsec api-user team Kiosk --add Mexico --until INSTANT"])
    let role = try ChangeWorld()
    try role.apply(
      ChangeWorld.file.replacing(
        "roles: [WidgetReader]", with: "roles: [{name: WidgetReader, until: \"2020-01-01T00:00:00Z\"}]"))
    try mend(
      ["--api-user", "Portal", "--widget", "Sales", "--company", "MX"], role.program,
      ["popsec team role Mexico --add WidgetReader --until INSTANT"])
    let grant = try ChangeWorld()
    try grant.run([
      "grant", "set-bounds", "--team", "Mexico", "--connector", "Business Central", "--from", "2120-01-01",
      "--until", "2121-01-01", "--yes",
    ]).mustSucceed()
    try mend(
      ["--api-user", "Portal", "--widget", "Sales", "--company", "MX"], grant.program,
      ["popsec grant set-bounds --team Mexico --connector 'Business Central' --from INSTANT"])
    let grants = try grant.run(["grant", "list", "--team", "Mexico", "--json"]).object()
    #expect(grants[0]?["until"]?.text == "2121-01-01T00:00:00Z")
  }

  @Test("accounts, places and tokens are enabled, and tokens open and last what is asked for")
  func tokensAndPlaces() throws {
    let world = try ChangeWorld()
    let program = world.program
    try world.run(["token", "add", "Portal", "t", "--from", "2120-01-01", "--expires", "never"]).mustSucceed()
    try world.run(["token", "limit", "Portal", "t", "--endpoint", "Orders", "--network", "10.0.0.0/8"])
      .mustSucceed()
    try world.run(["token", "disable", "Portal", "t"]).mustSucceed()
    try world.run(["api-user", "disable", "Portal"]).mustSucceed()
    try world.run(["catalogue", "widget", "disable", "Sales"]).mustSucceed()
    try mend(
      [
        "--api-user", "Portal", "--token-name", "t", "--widget", "Sales", "--company", "MX", "--source",
        "192.0.2.1",
      ], program,
      [
        "popsec token enable Portal t", "popsec token set-expiry Portal t --from INSTANT",
        "popsec token limit Portal t --widget Sales --endpoint Orders",
        "popsec token limit Portal t --network 10.0.0.0/8 --network 192.0.2.1/32",
        "popsec api-user enable Portal",
        "popsec catalogue widget enable Sales",
      ])
    let token = try world.run(["token", "list", "Portal", "--json"]).object()[0]
    #expect(token?["expires"]?.text == "never")
  }
}
