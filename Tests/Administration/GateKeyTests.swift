import Access
import Administration
import Foundation
import Sealing
import Store
import TestSupport
import Testing

/// Tests which keys applications believe, and who may decide that. Whoever writes the database beside popsec does so in
/// SQLite's own SQL.
@Suite struct GateKeyTests {
  private func key() throws -> GatePublicKey { try #require(GateSigner.ephemeral()).publicKey }

  private func trusted(_ scene: Scene) throws -> [GateKeyID] {
    try scene.administration.trustedGateKeys().keys.map(\.id)
  }

  /// Changes the database as somebody can who has only the database, and not the store's keys.
  private func tamper(_ scene: Scene, _ sql: String) throws {
    try scene.made.run(sql)
  }

  @Test("a key is believed from when it is added to when it is retired, each with its audit row")
  func life() throws {
    let scene = try Scene()
    let (one, two) = (try key(), try key())
    _ = try scene.change { try $0.addGateKey(one, named: Name("gate one")) }
    _ = try scene.change { try $0.addGateKey(two, named: Name("gate two")) }
    #expect(Set(try trusted(scene)) == [one.id, two.id])
    _ = try scene.change { try $0.retireGateKey(named: Name("GATE ONE")) }
    #expect(try trusted(scene) == [two.id])
    let standings = try scene.administration.gateKeys().map { [$0.key.name.text, $0.standing.rawValue] }
    #expect(Set(standings) == [["gate one", "retired"], ["gate two", "valid"]])
    let rows = try scene.administration.audit(AuditQuery(), .first, limit: 10).rows
    #expect(rows.map(\.action) == ["store.retireGateKey", "store.addGateKey", "store.addGateKey"])
    #expect(rows.last?.details.contains(one.id.rawValue) == true)
  }

  @Test("a key that is known, retired, or of a name that is taken is refused; a name is free again")
  func refused() throws {
    let scene = try Scene()
    let (one, two) = (try key(), try key())
    let (gate, other) = (try Name("gate"), try Name("other"))
    _ = try scene.change { try $0.addGateKey(one, named: gate) }
    #expect(throws: GateKeyTrouble.known(gate)) { try scene.change { try $0.addGateKey(one, named: other) } }
    #expect(throws: AdministrationError.nameTaken(kind: "gate key", name: gate)) {
      try scene.change { try $0.addGateKey(two, named: gate) }
    }
    _ = try scene.change { try $0.retireGateKey(named: gate) }
    #expect(throws: GateKeyTrouble.retired(gate)) {
      try scene.change { try $0.addGateKey(one, named: other) }
    }
    #expect(throws: AdministrationError.missing(kind: "gate key", name: "gate")) {
      try scene.change { try $0.retireGateKey(named: gate) }
    }
    _ = try scene.change { try $0.addGateKey(two, named: gate) }
    #expect(try trusted(scene) == [two.id])
  }

  @Test("nobody but an Administrator who has the store's signing key adds one")
  func operators() throws {
    let scene = try Scene()
    let (gate, one) = (try Name("gate"), try key())
    let most = Set(Permission.allCases).subtracting([.rolesManage, .catalogueManage])
    let someone = try scene.user("ada", roles: [.builtIn(.securityAdministrator)])
    #expect(throws: AdministrationError.self) {
      try scene.administration(as: someone).change { try $0.addGateKey(one, named: gate) }
    }
    #expect(throws: AdministrationError.self) {
      try scene.administration(only: most).change { try $0.addGateKey(one, named: gate) }
    }
    let unsigning = TokenKeys(lookup: scene.keys.lookup, seal: scene.keys.seal)
    #expect(throws: GateKeyTrouble.noSigner) {
      try scene.administration(only: Set(Permission.allCases), keys: unsigning).change {
        try $0.addGateKey(one, named: gate)
      }
    }
    #expect(try trusted(scene).isEmpty)
    _ = try scene.change { try $0.addGateKey(one, named: gate) }
    #expect(throws: AdministrationError.self) {
      try scene.administration(as: someone).change { try $0.retireGateKey(named: gate) }
    }
    let readOnly = scene.administration(only: Set(Permission.allCases))
    readOnly.isReadOnly = true
    #expect(throws: AdministrationError.readOnly) {
      try readOnly.change { try $0.retireGateKey(named: gate) }
    }
    #expect(try trusted(scene) == [one.id])
  }

  @Test("a process that can't check the keys says so, and does not claim that there are none")
  func noVerifier() throws {
    let scene = try Scene()
    let blind = scene.administration(
      only: Set(Permission.allCases), keys: TokenKeys(lookup: scene.keys.lookup, seal: scene.keys.seal))
    #expect(try blind.trustedGateKeys().keys.isEmpty)
    let one = try key()
    _ = try scene.change { try $0.addGateKey(one, named: Name("gate")) }
    #expect(throws: GateKeyTrouble.noVerifier) { try blind.trustedGateKeys() }
    #expect(throws: GateKeyTrouble.noVerifier) { try blind.gateKeys() }
    _ = try blind.change { try $0.retireGateKey(named: Name("gate")) }
    #expect(try blind.gateKeys().map(\.standing) == [.retired])
  }

  @Test(
    "a key that a writer of the database puts there is not accepted",
    arguments: [
      "UPDATE gate_key SET name = 'other', name_key = 'other'", "UPDATE gate_key SET added_at = added_at + 1",
      "UPDATE gate_key SET added_by = 'ada'", "UPDATE gate_key SET public_key = randomblob(32)",
      "UPDATE gate_key SET key_id = CASE WHEN key_id LIKE 'A%' THEN 'B' ELSE 'A' END || substr(key_id, 2)",
      "UPDATE gate_key SET signature = randomblob(64)",
      "UPDATE gate_key SET sign_key = '0123456789abcdef'",
    ])
  func tampered(sql: String) throws {
    let scene = try Scene()
    let one = try key()
    _ = try scene.change { try $0.addGateKey(one, named: Name("gate")) }
    try tamper(scene, sql)
    #expect(try trusted(scene).isEmpty)
    #expect(try scene.administration.gateKeys().map(\.standing) == [.notVouchedFor])
  }

  @Test("a row that is vouched for in another store is not believed here, and can be vouched for anew")
  func otherStore() throws {
    let (scene, other) = (try Scene(), try Scene())
    let one = try key()
    // The twin has the same keys, so that only the store differs.
    let twin = other.administration(only: Set(Permission.allCases), keys: scene.keys)
    _ = try twin.change { try $0.addGateKey(one, named: Name("gate")) }
    try tamper(
      scene,
      "ATTACH DATABASE '\(other.folder)/popsec.db' AS other; INSERT INTO gate_key SELECT * FROM other.gate_key"
    )
    #expect(try scene.administration.gateKeys().map(\.standing) == [.notVouchedFor])
    _ = try scene.change { try $0.addGateKey(one, named: Name("gate")) }
    #expect(try trusted(scene) == [one.id])
  }

  @Test("a retired key that a writer of the database has believed again is found in the log")
  func revived() throws {
    let scene = try Scene()
    let (gate, one) = (try Name("gate"), try key())
    _ = try scene.change { try $0.addGateKey(one, named: gate) }
    _ = try scene.change { try $0.retireGateKey(named: gate) }
    let retired = try scene.read { try $0.auditHead()?.sequence }
    #expect(try scene.administration.verifyAudit().isWhole)
    try tamper(
      scene, "DROP TRIGGER retired_gate_key_is_final; UPDATE gate_key SET retired_at = NULL")
    #expect(try scene.administration.verifyAudit().findings == [.gateKeyRevived(try #require(retired))])
  }
}
