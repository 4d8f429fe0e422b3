import Access
import Administration
import Foundation
import Store
import Testing

extension EndToEnd {
  @Suite("nothing that was acknowledged is lost")
  struct Durability {
    @Test(
      "twenty commands at once all get their API user in, and the audit log's chain holds",
      arguments: StorePlaces.all)
    func twentyAtOnce(inDatabase: Bool) throws {
      try onStore(inDatabase: inDatabase) { store in
        let running = try (1...20).map { try store.start(["api-user", "add", "User \($0)", "--token", "t"]) }
        for program in running {
          let printed = try program.finish()
          #expect(printed.status == 0, "\(printed.errors)")
        }
        let names = try store.json([Named].self, "api-user", "list").map(\.name)
        #expect(Set(names) == Set((1...20).map { "User \($0)" }))
        #expect(try store.brokenAuditRows() == [])
        #expect(try store.auditRowCount() >= 40)
      }
    }

    @Test(
      "changes that the console reported as saved outlive kill -9, time after time",
      arguments: StorePlaces.all)
    func killedConsole(inDatabase: Bool) throws {
      try onStore(inDatabase: inDatabase) { store in
        try store.succeed("api-user", "add", "Portal Mexico")
        var expected: Set<String> = []
        for company in ["MX", "US", "MX", "US", "MX"] {
          let person = try store.person()
          try person.opens("Companies", of: "Portal Mexico").sees("] \(company)").clicks("] \(company)")
          try person.sees("Ctrl-S save").presses("C-s").sees("saved")
          kill(try person.program(), SIGKILL)
          #expect(try person.seesEnd() == 128 + Int(SIGKILL))
          expected.formSymmetricDifference([company])
          #expect(try Set(store.grants(of: "Portal Mexico").flatMap(\.companies)) == expected)
        }
        #expect(try store.brokenAuditRows() == [])
      }
    }
  }
}

private struct Named: Decodable {
  let name: String
}

extension TestStore {
  private func auditRecords() throws -> [AuditRecord] {
    try open(now: Surroundings.system.now()).read { try $0.auditRecords(after: 0, limit: 1_000) }
  }

  func auditRowCount() throws -> Int { try auditRecords().count }

  /// The numbers of the audit rows that don't follow from the one before.
  func brokenAuditRows() throws -> [Int64] {
    var head: (sequence: Int64, hash: [UInt8])?
    var broken: [Int64] = []
    for record in try auditRecords() {
      if !AuditChain.holds(record, after: head) { broken.append(record.sequence) }
      head = (record.sequence, record.hash)
    }
    return broken
  }
}
