import Access
import Foundation
import Sealing
import Store
import TestSupport
import TestTraits
import Testing

@testable import Administration

@Suite("The state that is kept beside the audit log", .onEachEngine)
struct SnapshotTests {
  let scene: Scene

  init() throws { scene = try Scene() }

  private func sql(_ text: String) throws { try scene.made.tamper(text) }

  private static func bytes(_ hex: String) -> Data {
    let digits = hex.compactMap { $0.hexDigitValue }
    return Data(stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) })
  }

  private func present() throws -> StoreState {
    var state = StoreState()
    try scene.read { try $0.forEachFact { state.insert($0) } }
    return state
  }

  private func someOfAll() throws {
    let catalogue = try scene.catalogue()
    let portal = try scene.apiUser()
    let token = try scene.token(of: portal)
    try scene.change { change in
      let team = try change.addTeam(name: try Name("Sales"))
      let role = try change.addRole(RoleContent(name: try Name("Helpdesk"), permissions: [.securityRead]))
      try change.saveMembers(of: team.id, adding: [portal.id], removing: [])
      try change.saveRoles(
        of: .team(team.id), Edit(was: [], becomes: [.custom(role.id), .builtIn(.apiReader)]))
      let permissions = Permissions(
        roles: [.user], companies: .all, lists: .only(Set(catalogue.lists)),
        items: [.action: .only(Set(catalogue.actions)), .detail: .all])
      try change.setGrant(of: .team(team.id), on: catalogue.connector, permissions)
      try change.set(.idleLockMinutes, to: .number(5))
      let widget = Widget(
        id: .random(), name: try Name("Orders"), address: try Address("https://h.example/o"),
        connector: catalogue.connector, lists: Set(catalogue.lists), parameters: [.company: "c"])
      let id = try change.add(widget)
      try change.setLimits(
        TokenLimits(widgets: [id], networks: [try #require(Network("10.0.0.0/8"))]), of: token.id)
      try change.delete(
        CatalogueList(id: catalogue.lists[0], connector: catalogue.connector, name: try Name("L"), group: nil)
      )
      try change.rotate(token.id, olderValidUntil: scene.now.adding(days: 1))
    }
  }

  @Test("a fact is read as it was written")
  func facts() throws {
    try someOfAll()
    var kinds: Set<String> = []
    try scene.read { reader in
      try reader.forEachFact { fact in
        let data = try JSONEncoder().encode(fact)
        #expect(try JSONDecoder().decode(StateFact.self, from: data) == fact)
        kinds.insert(String("\(fact)".prefix { $0 != "(" }))
      }
    }
    #expect(kinds == ["account", "team", "role", "member", "roles", "grant", "token", "entry", "setting"])
  }

  @Test("a new store begins with an empty state, and each later state is known")
  func newStore() throws {
    #expect(try scene.administration.state(asOf: 0) == StoreState())
    try someOfAll()
    let head = try #require(try scene.records.last).sequence
    #expect(try scene.administration.state(asOf: head) == present())
    #expect(throws: StateTrouble.noRow(-1)) { try scene.administration.state(asOf: -1) }
    let reader = scene.administration(only: [.securityRead])
    #expect(throws: AdministrationError.notPermitted(.auditRead)) { try reader.state(asOf: head) }
  }

  @Test("the state of an older store is kept before the first change, and earlier rows have no state")
  func olderStore() throws {
    try someOfAll()
    try sql("DELETE FROM state_snapshot; UPDATE audit SET details = '{}'")
    let (before, old) = (try present(), try #require(try scene.records.last).sequence)
    let team = try scene.change { try $0.addTeam(name: try Name("Later")) }
    let rows = try scene.records.suffix(2)
    #expect(rows.map(\.action) == ["store.snapshot", "team.add"])
    #expect(rows.first?.actor.name == "popsec")
    #expect(try scene.administration.state(asOf: old) == before)
    let now = try scene.administration.state(asOf: old + 2)
    #expect(now == (try present()) && now.teams[team.id] != nil)
    #expect(throws: StateTrouble.tooEarly(old - 1)) { try scene.administration.state(asOf: old - 1) }
    try scene.change { try $0.deleteTeam(team.id) }
    #expect(try scene.records.count { $0.action == "store.snapshot" } == 1)
    try sql("UPDATE state_part SET facts = replace(facts, 'Helpdesk', 'Helper')")
    #expect(throws: StateTrouble.damagedSnapshot(old)) { try scene.administration.state(asOf: old + 2) }
    try sql("UPDATE state_part SET facts = 'x'")
    #expect(throws: StateTrouble.damagedSnapshot(old)) { try scene.administration.state(asOf: old + 2) }
  }

  @Test("archiving keeps the state behind which the log goes on, and the states before are gone")
  func archiving() throws {
    try someOfAll()
    let (before, old) = (try present(), try #require(try scene.records.last).sequence)
    let tomorrow = scene.now.adding(days: 1)
    let later = scene.administration(only: Set(Permission.allCases), at: tomorrow)
    try later.change { _ = try $0.addTeam(name: try Name("Later")) }
    let head = try later.archiveAudit(before: tomorrow) { _ in }
    #expect(head.sequence == old)
    #expect(try later.state(asOf: old) == before)
    #expect(try later.state(asOf: old + 2) == present())
    #expect(throws: StateTrouble.tooEarly(old - 1)) { try later.state(asOf: old - 1) }
    #expect(try later.verifyAudit().isWhole)
  }

  @Test("a row that was altered, or cut out, is not believed")
  func damagedRows() throws {
    try someOfAll()
    let head = try #require(try scene.records.last).sequence
    try sql("UPDATE audit SET details = replace(details, 'Helpdesk', 'Helper')")
    let row = try #require(try scene.records.first { $0.action == "role.add" }).sequence
    #expect(throws: StateTrouble.damagedRow(row)) { try scene.administration.state(asOf: head) }
    #expect(try scene.administration.state(asOf: row - 1).teams.count == 1)
    try sql("DELETE FROM audit WHERE sequence = \(row - 1)")
    #expect(throws: StateTrouble.damagedRow(row)) { try scene.administration.state(asOf: head) }
  }

  @Test("a snapshot has no more of Token IDs than their hints")
  func noSecrets() throws {
    try someOfAll()
    try sql("DELETE FROM state_snapshot")
    try scene.change { _ = try $0.addTeam(name: try Name("Later")) }
    let text = try scene.made.run("SELECT facts FROM state_part").joined().compactMap(\.self).joined()
    let hex = scene.made.address == nil ? "hex(%)" : "encode(%, 'hex')"
    let columns = ["lookup_hash", "sealed"].map { hex.replacing("%", with: $0) }
    let hashes = try scene.made.run(
      "SELECT \(columns[0]) FROM token_id UNION SELECT \(columns[1]) FROM token_id"
    ).joined().compactMap { $0.map(Self.bytes) }
    #expect(text.contains("hint") && hashes.count == 4)
    for hash in hashes {
      for forbidden in [hash.base64EncodedString(), hash.map { String($0, radix: 16) }.joined()] {
        #expect(!text.contains(forbidden))
      }
    }
    #expect(!TokenID.isContained(in: text))
  }
}
