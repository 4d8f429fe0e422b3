import Access
import Administration
import Terminal
import Testing

@testable import Console

@Suite("A terminal that is recorded is given no Token ID")
struct RecordingSafeTests {
  /// By what it is recording-safe.
  enum Source: CaseIterable { case store, user, flag }

  let world: ScreenWorld
  let administration: Administration

  init() throws {
    world = try ScreenWorld()
    try world.addCatalogue()
    try world.addPeople()
    administration = try world.administration(as: "ada")
  }

  private func demand(_ source: Source) throws {
    switch source {
    case .store: try administration.change { try $0.set(.recordingSafe, to: .flag(true)) }
    case .user:
      try administration.change {
        try $0.set(.recordingSafe, to: .flag(true), for: administration.operating.user)
      }
    case .flag: administration.demandRecordingSafe()
    }
  }

  private func console(
    _ elsewhere: Elsewhere = Elsewhere(machine: "sec-1", program: "popsec", isOverSSH: true)
  ) throws -> TimedConsole {
    let context = ConsoleContext(
      administration: administration, clipboard: .forTests, elsewhere: elsewhere)
    return TimedConsole(
      ConsoleRoot.compositor(
        context, titleBar: "store  UTC", size: Size(columns: 80, rows: 24),
        rules: try ConsoleRules(administration)))
  }

  private static let tokens = "s a Down*2 Enter Down*3 Enter"

  @Test(
    "copy, reveal and copy address say what to run elsewhere", arguments: Source.allCases,
    ["c", "V", "u Enter", "Enter c"])
  func tells(source: Source, keys: String) throws {
    try demand(source)
    let before = try world.auditedActions()
    var console = try console()
    #expect(console.text.contains("RECORDING-SAFE"))
    console.press(Self.tokens + " " + keys)
    let id = try #require(try world.tokens(of: "Portal Mexico").first?.id)
    #expect(console.text.contains("ssh popsec@sec-1 token reveal --id \(id)"), "\(console.text)")
    #expect(console.bytes.isEmpty)
    // Nothing was revealed, nor tried.
    #expect(try world.auditedActions() == before)
    console.press("Enter")
    #expect(console.text.contains("Add token"))
  }

  @Test("whatever is pressed, no Token ID is on the screen or in what is written", arguments: Source.allCases)
  func nothingLeaks(source: Source) throws {
    try demand(source)
    var console = try console()
    console.press(Self.tokens)
    for keys in ["c", "V", "u", "Enter", "T Enter", "a n e w Enter", "c", "V", "u Enter", "j c", "Enter"] {
      console.press(keys)
      console.wait(seconds: 1)
      #expect(!PastedTokenID.holdsTokenID(console.text))
    }
    #expect(console.bytes.isEmpty)
    #expect(try !world.auditedActions().contains { $0 == "token.copy" || $0 == "token.reveal" })
  }

  @Test("a screen that forgot to ask is refused, and that is audited")
  func enforcedBelow() throws {
    try demand(.flag)
    let context = ConsoleContext(administration: administration, clipboard: .forTests)
    let token = try #require(try world.tokens(of: "Portal Mexico").first)
    let result = context.change { try $0.reveal(token.id, for: .copy) }
    #expect(throws: Problem.self) { try result.get() }
    #expect(try world.auditedActions().last == "attempt.refused")
  }

  @Test("turned on while the console is open, it holds from the next key on")
  func turnedOn() throws {
    var console = try console()
    console.press(Self.tokens)
    try demand(.store)
    console.press("c")
    #expect(console.bytes.isEmpty)
    #expect(console.text.contains("token reveal --id"))
  }

  @Test("without recording-safe mode a Token ID is copied as usual")
  func control() throws {
    var console = try console()
    console.press(Self.tokens + " c")
    #expect(console.bytes.count == 1)
  }

  @Test(
    "the command leads to where popsec is",
    arguments: [
      (true, nil, "ssh popsec@sec-1 token reveal --id 1"),
      (true, "gate.example.com", "ssh popsec@gate.example.com token reveal --id 1"),
      (false, "gate", "ssh popsec@gate token reveal --id 1"),
      (false, nil, "popsec --store /srv/p token reveal --id 1"),
    ] as [(Bool, String?, String)])
  func command(isOverSSH: Bool, host: String?, command: String) throws {
    let elsewhere = Elsewhere(machine: "sec-1", program: "popsec --store /srv/p", isOverSSH: isOverSSH)
    let settings = Settings(ofStore: host.map { [.sshHost: .text($0)] } ?? [:])
    #expect(elsewhere.command(for: try #require(TokenRowID("1")), settings) == command)
  }
}
