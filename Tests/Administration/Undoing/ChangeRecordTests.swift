import Access
import Foundation
import Sealing
import Store
import TestSupport
import TestTraits
import Testing

@testable import Administration

@Suite("What an audit row has of a change", .onEachEngine)
struct ChangeRecordTests {
  let scene: Scene

  init() throws { scene = try Scene() }

  private func undo(_ number: Int64) throws { try scene.administration.undo(number) }

  private func last() throws -> UndoEntry { try #require(try scene.administration.ownChanges().first) }

  private func tamper(_ sql: String) throws { try scene.made.tamper(sql) }

  @Test("every row of a change has the change as a value, beside the fields, and no field is called so")
  func everyRow() throws {
    let catalogue = try scene.catalogue()
    let portal = try scene.apiUser()
    let token = try scene.token(of: portal)
    try scene.change { change in
      try change.rotate(token.id, olderValidUntil: scene.now.adding(days: 1))
      try change.setGrant(of: .account(portal.id), on: catalogue.connector, Permissions(roles: [.user]))
      try change.set(.idleLockMinutes, to: .number(5))
      try change.deleteAccount(portal.id)
      try change.purge(DeletedThing(.apiUser, portal.id))
    }
    for record in try scene.records {
      let step = try #require(try record.step, "\(record.action)")
      #expect(step.target == (record.target.kind, record.target.id), "\(record.action)")
      #expect(!record.fields.contains { $0.name == AuditDetails.stepKey })
    }
    let asides = try scene.records.filter { try $0.step?.isAside == true }.map(\.action)
    #expect(asides == ["token.revoke", "apiUser.purge"])
  }

  @Test("a row tells of a Token ID no more than its hint, and nothing by which it could be found")
  func noSecrets() throws {
    let token = try scene.token(of: try scene.apiUser())
    let reveal = { try scene.change { try $0.reveal(token.id, for: .reveal).revealed } }
    let old = try reveal()
    _ = try scene.change { try $0.rotate(token.id, olderValidUntil: scene.now.adding(days: 1)) }
    let text = try scene.records.map(\.details).joined()
    for secret in [old, try reveal()] {
      let id = try TokenID(secret)
      let hash = scene.keys.lookup.hash(of: id).bytes
      let sealed = try #require(try scene.read { try $0.storedTokenID(of: token.id) }).sealed.bytes
      let bytes = [hash, sealed].flatMap { [hex($0), Data($0).base64EncodedString()] }
      for forbidden in [secret, String(secret.dropFirst(8).prefix(8))] + bytes {
        #expect(!text.contains(forbidden))
      }
    }
    #expect(!TokenID.isContained(in: text))
  }

  @Test("a change is undone from its rows, and can't be where a row was altered or cut out")
  func alteredRows() throws {
    try scene.change { change in
      let team = try change.addTeam(name: try Name("Sales"))
      try change.saveGeneral(
        team.id, Edit(was: TeamGeneral(team), becomes: TeamGeneral(name: try Name("Buyers"), summary: .empty))
      )
    }
    let entry = try last()
    #expect(try scene.read { try $0.undoDocument(entry.number) } == nil)
    try tamper("UPDATE audit SET details = replace(details, 'Buyers', 'Others') WHERE sequence = 2")
    #expect(throws: UndoProblem.unreadable(entry.title)) { try undo(entry.number) }
    try tamper("UPDATE audit SET details = replace(details, 'Others', 'Buyers') WHERE sequence = 2")
    try undo(entry.number)
    #expect(try scene.read { try $0.teamCount(TeamQuery()) } == 0)
    try tamper("DELETE FROM audit WHERE sequence = 2; UPDATE undo_entry SET undone_by = NULL")
    #expect(throws: UndoProblem.unreadable(entry.title)) { try undo(entry.number) }
    for forged in ["last_sequence = \(Int64.max)", "last_sequence = -5", "number = \(Int64.max)"] {
      try tamper("UPDATE undo_entry SET \(forged) WHERE number = 1")
      let number: Int64 = forged.hasPrefix("number") ? .max : 1
      #expect(throws: UndoProblem.unreadable(entry.title)) { try undo(number) }
    }
  }

  @Test("a change whose rows are archived can still be undone")
  func archived() throws {
    let team = try scene.change { try $0.addTeam(name: try Name("Sales")) }
    let entry = try last()
    let tomorrow = scene.now.adding(days: 1)
    let later = scene.administration(only: Set(Permission.allCases), at: tomorrow)
    try later.change { _ = try $0.addTeam(name: try Name("Others")) }
    _ = try later.archiveAudit(before: tomorrow) { _ in }
    #expect(try scene.read { try $0.auditRecord(entry.number) } == nil)
    try later.undo(entry.number)
    #expect(try scene.read { try $0.team(team.id) } == nil)
  }

  @Test("a change in a document of its own, as earlier versions kept it, can still be undone")
  func oldDocuments() throws {
    let team = try scene.change { try $0.addTeam(name: try Name("Sales")) }
    let entry = try last()
    let step = """
      {"change":{"team":{"id":"\(team.id)","turn":{"became":{"name":"Sales","summary":""}}}},"name":"Sales"}
      """
    try tamper("UPDATE undo_entry SET document = '[\(step)]'; UPDATE audit SET details = '{}'")
    try undo(entry.number)
    #expect(try scene.read { try $0.team(team.id) } == nil)
  }
}
