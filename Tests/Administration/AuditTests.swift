import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct AuditTests {
  let scene: Scene

  init() throws {
    scene = try Scene()
    let account = try scene.apiUser()
    let token = try scene.token(of: account)
    try scene.change { change in
      try change.rename(account.id, to: try Name("Renamed"))
      try change.revoke(token.id)
      try change.recordStore("test")
    }
  }

  @Test("the rows are numbered from 1, and each holds the hash of the one before")
  func chains() throws {
    let records = try scene.records
    #expect(records.map(\.sequence) == Array(1...Int64(records.count)))
    #expect(records.count == 5)
    #expect(records.first?.previousHash == AuditChain.start)
    for (one, next) in zip(records, records.dropFirst()) { #expect(next.previousHash == one.hash) }
    #expect(Self.firstBroken(records) == nil)
  }

  @Test("a change of any field of any row breaks the chain there")
  func noticesChanges() throws {
    let records = try scene.records
    for index in records.indices {
      for changed in Self.forgeries(of: records[index]) {
        var forged = records
        forged[index] = changed
        #expect(Self.firstBroken(forged) == index)
      }
    }
  }

  @Test("a row that is taken out, or swapped with its neighbour, breaks the chain there")
  func noticesGaps() throws {
    let records = try scene.records
    for index in records.indices.dropLast() {
      var gap = records
      gap.remove(at: index)
      #expect(Self.firstBroken(gap) == index)
      var swapped = records
      swapped.swapAt(index, index + 1)
      #expect(Self.firstBroken(swapped) == index)
    }
  }

  @Test("a change that throws leaves nothing, neither of itself nor of what came before it")
  func allOrNothing() throws {
    let before = try scene.records
    struct Broken: Error {}
    #expect(throws: Broken.self) {
      try scene.change { change in
        let account = try change.addAccount(.apiUser, name: try Name("New"))
        _ = try change.addToken(to: account.id, name: try Name("portal"))
        throw Broken()
      }
    }
    #expect(try scene.records == before)
    #expect(try scene.read { try $0.account(.apiUser, named: NameKey(try Name("New"))) } == nil)
  }

  @Test("nothing follows a row with the highest of all numbers")
  func noNumberLeft() throws {
    let record = try #require(try scene.records.first)
    #expect(!AuditChain.holds(record, after: (.max, record.hash)))
  }

  @Test("details tell only what changed, and no two are written alike")
  func details() throws {
    var details = AuditDetails("name", before: "a", after: "a")
    #expect(details.isEmpty)
    details.add("lists", before: ["b", "a"], after: ["a", "b"])
    #expect(details.isEmpty)
    details.add("enabled", before: nil, after: "true")
    #expect(!details.isEmpty)
  }

  private static func firstBroken(_ records: [AuditRecord]) -> Int? {
    var head: (sequence: Int64, hash: [UInt8])?
    for (index, record) in records.enumerated() {
      guard AuditChain.holds(record, after: head) else { return index }
      head = (record.sequence, record.hash)
    }
    return nil
  }

  /// The record with each of its fields changed, one at a time.
  private static func forgeries(of record: AuditRecord) -> [AuditRecord] {
    func copy(
      sequence: Int64? = nil, at: Timestamp? = nil, actor: Actor? = nil, action: String? = nil,
      target: AuditTarget? = nil, details: String? = nil, previous: [UInt8]? = nil, hash: [UInt8]? = nil
    ) -> AuditRecord {
      AuditRecord(
        sequence: sequence ?? record.sequence, at: at ?? record.at, actor: actor ?? record.actor,
        action: action ?? record.action, target: target ?? record.target, details: details ?? record.details,
        previousHash: previous ?? record.previousHash, hash: hash ?? record.hash)
    }
    let target = record.target
    return [
      copy(sequence: record.sequence + 1), copy(at: record.at.adding(seconds: 1)),
      copy(actor: Actor(name: record.actor.name + "x", frontEnd: record.actor.frontEnd)),
      copy(actor: Actor(name: record.actor.name, frontEnd: .console)), copy(action: record.action + "x"),
      copy(target: AuditTarget(.team, id: target.id, name: target.name)),
      copy(target: AuditTarget(target.kind, id: target.id + "x", name: target.name)),
      copy(target: AuditTarget(target.kind, id: target.id, name: target.name + "x")),
      // This row has the same bytes, but divides them differently.
      copy(target: AuditTarget(target.kind, id: target.id + target.name, name: "")),
      copy(details: record.details + " "), copy(previous: flipped(record.previousHash)),
      copy(hash: flipped(record.hash)),
    ]
  }

  private static func flipped(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    bytes[31] ^= 1
    return bytes
  }
}
