import Access
import Foundation
import SQLStore
import SQLiteStore
import Sealing
import Store
import TestSupport
import TestTraits
import Testing

@testable import Administration

@Suite("decoys stand in the store like any other token", .onEachEngine) struct DecoyTests {
  private let scene: Scene
  private let folder: KeyFolder

  init() throws {
    scene = try Scene()
    folder = KeyFolder(path: scene.folder + "/keys")
    _ = try folder.create()
  }

  @Test("only an Administrator makes, lists and removes decoys, and a refusal tells nothing of them")
  func permissions() throws {
    let made = try scene.administration.addDecoy(DecoyWish(), in: folder)
    let lesser = scene.administration(only: Set(Permission.allCases).subtracting([.rolesManage]))
    #expect(throws: AdministrationError.self) { try lesser.addDecoy(DecoyWish(), in: folder) }
    #expect(throws: AdministrationError.self) {
      try lesser.plantDecoy(at: Name("x"), in: folder, onto: .output)
    }
    #expect(throws: AdministrationError.self) { try lesser.decoys(in: folder) }
    #expect(throws: AdministrationError.self) { try lesser.removeDecoy(made.decoy.id, in: folder) }
    #expect(try folder.decoys().decoys == [made.decoy])
    let refused = try scene.records.filter { $0.action == "attempt.refused" }
    #expect(refused.count == 4)
    #expect(try refused.allSatisfy { try $0.field("refused")?["after"]?.contains("decoy") == false })
  }

  @Test("where the API user can't be added, no decoy is kept")
  func undone() throws {
    _ = try scene.apiUser("Portal Peru")
    #expect(throws: AdministrationError.self) {
      try scene.administration.addDecoy(DecoyWish(account: Name("Portal Peru")), in: folder)
    }
    let readOnly = scene.administration(only: Set(Permission.allCases))
    readOnly.isReadOnly = true
    #expect(throws: AdministrationError.self) { try readOnly.addDecoy(DecoyWish(), in: folder) }
    #expect(throws: DecoyTrouble.missing(path: folder.decoyFile)) { try folder.decoys() }
  }

  @Test("where the decoy can't be kept, no API user is added")
  func notKept() throws {
    try Data("damaged\n".utf8).write(to: URL(fileURLWithPath: folder.decoyFile))
    chmod(folder.decoyFile, 0o600)
    #expect(throws: DecoyTrouble.malformed(path: folder.decoyFile)) {
      try scene.administration.addDecoy(DecoyWish(), in: folder)
    }
    #expect(try scene.administration.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 0)
  }

  @Test("the decoy is the very Token ID that the store can reveal")
  func sameTokenID() throws {
    let made = try scene.administration.addDecoy(DecoyWish(), in: folder)
    let id = try scene.change { try $0.reveal(made.token.id, for: .reveal, onto: .output) }
    #expect(try folder.decoys()[DecoyDigest(of: id)] == made.decoy)
    #expect(try folder.decoys()[made.token.id] == made.decoy)
  }

  @Test("in recording-safe mode no terminal is shown a planted decoy")
  func recordingSafe() throws {
    scene.administration.demandRecordingSafe()
    #expect(throws: AdministrationError.recordingSafe) {
      try scene.administration.plantDecoy(at: Name("wiki"), in: folder, onto: .terminal)
    }
    _ = try scene.administration.plantDecoy(at: Name("wiki"), in: folder, onto: .output)
    #expect(try folder.decoys().decoys.map(\.name) == ["wiki"])
  }
}

@Suite("names of decoys", .onEachEngine) struct DecoyNameTests {
  private func name(_ accounts: [String], taken: Set<String> = []) throws -> String? {
    var generator = SystemRandomNumberGenerator()
    let names = DecoyNames(accounts: try accounts.map { try Name($0) }, tokens: [])
    return names.account(using: &generator) { taken.contains($0.text) }?.text
  }

  @Test("are put together of those that are there")
  func mixed() throws {
    let there = ["Portal Peru", "Portal Chile", "kiosk-lima"]
    for _ in 0..<50 {
      let name = try #require(try name(there, taken: Set(there)))
      #expect(["Portal lima", "kiosk-Peru", "kiosk-Chile"].contains(name))
    }
  }

  @Test("begin as the others do where they can't be put together, and are never those of others")
  func listed() throws {
    let one = try #require(try name(["Portal Peru"], taken: ["Portal Peru"]))
    #expect(one.hasPrefix("Portal ") && one != "Portal Peru")
    #expect(try #require(try name(["single"])).contains(" "))
    #expect(try name([]) != nil)
  }

  @Test("where every name is taken there is none")
  func none() throws {
    var generator = SystemRandomNumberGenerator()
    #expect(DecoyNames(accounts: [], tokens: []).account(using: &generator) { _ in true } == nil)
  }
}

@Suite("a decoy that was presented raises a notice", .onEachEngine) struct DecoyNoticeTests {
  private let world: NoticeWorld
  private let uses: any UseWriting

  init() throws {
    world = try NoticeWorld()
    uses = try world.made.openUses()
    try world.raise()
  }

  private let decoy = Decoy(
    digest: DecoyDigest(of: .generate()), madeAt: .distantPast, token: .random(), name: "Portal Peru / portal"
  )

  private func present(_ decoy: Decoy, from source: String? = "10.9.8.7", host: String = "portal.example.com")
    throws
  {
    let request = Denial.Request(
      method: "GET", host: host, path: "/sales", place: "Sales (widget)", source: source, userAgent: "curl/8")
    let first = DecoyCase(decoy, DecisionID(7), request)
    let key = DecoyUse.Key(decoy: decoy.id, at: world.now, source: source.flatMap { IPAddress($0) })
    try uses.add([
      DecoyUse(key: key, firstAt: world.now, lastAt: world.now, count: 1, document: try first.document)
    ])
  }

  @Test("at once, with source and place, and once a day for each address")
  func raised() throws {
    try present(decoy)
    let raised = try world.raise().raised
    #expect(raised.map(\.condition) == ["decoy.used"])
    let event = try #require(raised.first)
    #expect(
      event.words == "the decoy “Portal Peru / portal” was presented from 10.9.8.7 at Sales (widget)")
    #expect(event.subject == "decoy/\(decoy.id)")
    for fact in [
      "\"source\":\"10.9.8.7\"", "\"kind\":\"sealed\"", "\"decision\":\"0000000000000007\"", "\"count\":1",
    ] {
      #expect(event.document.contains(fact), "\(fact)")
    }
    try present(decoy)
    #expect(try world.raise().raised.isEmpty)
    try present(decoy, from: "10.9.8.8")
    #expect(try world.raise().raised.count == 1)
    world.advance(86_400)
    try present(decoy)
    try present(decoy)
    #expect(try world.raise().raised.map(\.words).first?.hasSuffix(", 2 times so far") == true)
  }

  @Test("also long after, and of a planted decoy from nowhere")
  func late() throws {
    try present(Decoy(digest: decoy.digest, madeAt: .distantPast, token: nil, name: "the wiki"), from: nil)
    world.advance(40 * 86_400)
    let words = try world.raise().raised.map(\.words)
    #expect(
      words == [
        "the planted decoy “the wiki” was presented from an address that is not known at Sales (widget)"
      ])
  }

  @Test("is seen only by whoever may read the audit log")
  func permission() throws {
    try present(decoy)
    try world.raise()
    let support = world.administration([.securityRead])
    #expect(try support.notices(before: nil, limit: 10).allSatisfy { $0.event.condition != "decoy.used" })
    #expect(try world.notices.contains { $0.event.condition == "decoy.used" })
  }
}
