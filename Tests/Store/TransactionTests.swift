import Access
import Store
import TestSupport
import Testing

@Suite struct TransactionTests {
  struct Change: Error {}

  @Test("a closure that throws changes nothing, and its error comes out unchanged", arguments: Engine.all)
  func throwingUndoes(engine: Engine) throws {
    let fixture = try Fixture(engine)
    #expect(throws: Change.self) {
      try fixture.write { writer in
        try writer.insert(try Sample.account("portal"))
        throw Change()
      }
    }
    #expect(try fixture.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 0)
  }

  @Test("a read sees one state, whatever is written meanwhile", arguments: Engine.all)
  func readIsConsistent(engine: Engine) throws {
    let fixture = try Fixture(engine)
    try fixture.read { reader throws in
      let before = try reader.accountCount(AccountQuery(kind: .apiUser))
      try fixture.write { try $0.insert(try Sample.account("portal")) }
      #expect(try reader.accountCount(AccountQuery(kind: .apiUser)) == before)
    }
    #expect(try fixture.read { try $0.accountCount(AccountQuery(kind: .apiUser)) } == 1)
  }

  @Test("audit rows come in order, after a number", arguments: Engine.all)
  func audit(engine: Engine) throws {
    let fixture = try Fixture(engine)
    #expect(try fixture.read { try $0.auditHead() } == nil)
    let records = (1...5).map { number in
      AuditRecord(
        sequence: number, at: .start, actor: Actor(name: "ops", frontEnd: .console), action: "token.revoke",
        target: AuditTarget(.token, id: "x\(number)", name: "portal / é"), details: "{}",
        previousHash: Sample.bytes(32), hash: Sample.bytes(32))
    }
    try fixture.write { writer in for record in records { try writer.append(record) } }
    try fixture.read { reader throws in
      #expect(try reader.auditRecords(after: 0, limit: 100) == records)
      #expect(try reader.auditRecords(after: 2, limit: 2) == Array(records[2...3]))
      #expect(try reader.auditRecords(after: 5, limit: 2).isEmpty)
      let head = try #require(try reader.auditHead())
      #expect(head.sequence == 5 && head.hash == records[4].hash)
    }
  }

  @Test("a gap or a second row of one number is refused", arguments: Engine.all, [1, 3, 0, -1] as [Int64])
  func auditHasNoGap(engine: Engine, number: Int64) throws {
    let fixture = try Fixture(engine)
    let record = { (number: Int64) in
      AuditRecord(
        sequence: number, at: .start, actor: Actor(name: "ops", frontEnd: .console), action: "store.create",
        target: AuditTarget(.store, id: "store", name: "store"), details: "{}",
        previousHash: Sample.bytes(32), hash: Sample.bytes(32))
    }
    try fixture.write { try $0.append(record(1)) }
    #expect(throws: StoreError.self) { try fixture.write { try $0.append(record(number)) } }
  }
}
