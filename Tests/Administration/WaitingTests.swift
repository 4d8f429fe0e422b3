import Access
@testable import Administration
import SQLiteStore
import Store
import TestSupport
import TestTraits
import Testing

/// Tests the use cases while others write.
@Suite(.onEachEngine) struct WaitingTests {
  @Test("whoever must not wait is refused at once, with nothing recorded, and told that others write")
  func isRefused() throws {
    let scene = try Scene()
    let rows = { try scene.store.read { try $0.auditRecords(after: 0, limit: 100).count } }
    let other = try scene.made.reopened()
    try other.write { _ in
      let error = #expect(throws: StoreError.self) { try scene.administration.withoutWaiting.signIn() }
      guard case .busy = error else { throw StoreError.constraint(detail: "not busy") }
    }
    #expect(try rows() == 0)
    try scene.administration.withoutWaiting.signIn()
    #expect(try rows() == 1)
  }
}
