import Access
import Administration
import PostgresStore
import Sealing
import Store
import TestSupport
import Testing

@Suite(
  "A server that vanishes in the middle of a change",
  .enabled(if: PostgresServer.shared != nil, "\(PostgresServer.absence)"))
struct LostServerTests {
  /// What became of a change.
  private enum Outcome { case acknowledged, refused, unknown }

  @Test(
    "whichever message is the last, the change is whole or not there, and one message tells which",
    arguments: CuttingRelay.Side.allCases, CuttingRelay.Aftermath.allCases)
  func everyMessage(side: CuttingRelay.Side, aftermath: CuttingRelay.Aftermath) throws {
    let scene = try Scene(.postgres)
    let address = try #require(scene.made.address)
    var (known, count, unknown) = (0, 0, 0)
    for number in 1... {
      let relay = try CuttingRelay(to: try .running(), counting: side, then: aftermath)
      defer { relay.end() }
      let name = "Portal \(number)"
      let uri = relay.address(PostgresServer.name(address.uri))
      let store = try PostgresStore.open(try PostgresAddress(uri), busySeconds: 30)
      relay.cut(behind: number)
      let outcome = change(store, scene, name)
      let isThere = try found(scene, name)
      switch outcome {
      case .acknowledged: #expect(isThere, "\(number): what was acknowledged is lost")
      case .refused: #expect(!isThere, "\(number): what was refused is there")
      case .unknown: unknown += 1
      }
      if isThere { known += 1 }
      count = number
      guard relay.isCut else {
        #expect(outcome == .acknowledged)
        break
      }
    }
    // Each of them is one change of two rows of the audit log.
    #expect(try scene.records.count == 2 * known)
    #expect(try scene.administration.verifyAudit().isWhole)
    #expect(try scene.administration.inspect().damages == [])
    // A change is more than a few messages, and only those that go together with the commit leave a doubt.
    #expect(count > 30 && unknown > 0 && unknown < count, "\(count) messages, \(unknown) doubts")
  }

  /// Adds an API user with a token, in one change.
  private func change(_ store: PostgresStore, _ scene: Scene, _ name: String) -> Outcome {
    let now = scene.now
    let administration = Administration(
      store: store, keys: scene.keys, operating: Scene.operating(Set(Permission.allCases)),
      surroundings: Surroundings(now: { now }, makeTokenID: { .generate() }))
    do {
      try administration.change { change in
        let account = try change.addAccount(.apiUser, name: try Name(name))
        _ = try change.addToken(to: account.id, name: try Name("portal"))
      }
      return .acknowledged
    } catch {
      guard let complaint = error as? any Complaint else {
        Issue.record("\(error)")
        return .unknown
      }
      let isUnknown = complaint.message.contains("not known")
      #expect(!complaint.message.contains("\n") && complaint.message.contains(store.location))
      let says = complaint.hint?.contains("nothing was changed") == true
      #expect(says != isUnknown || complaint is PostgresProblem, "\(complaint)")
      return isUnknown ? .unknown : .refused
    }
  }

  /// Whether the API user is there, and then with its token.
  private func found(_ scene: Scene, _ name: String) throws -> Bool {
    // Whoever writes comes when the server has ended what it was told before the cut.
    try scene.store.write { writer in
      guard let account = try writer.account(.apiUser, named: NameKey(try Name(name))) else { return false }
      #expect(try writer.tokens(of: account.id).count == 1)
      return true
    }
  }
}
