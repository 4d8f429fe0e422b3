import Terminal
import Testing

@testable import Console

@Suite("Keys typed ahead wait for what makes sense of them, but not for long")
struct TypeAheadTests {
  private let key = Event.key(.enter)

  @Test("nothing is held while nothing is awaited")
  func passes() {
    var ahead = TypeAhead()
    ahead.observe(isAwaiting: false, now: 0)
    #expect(!ahead.holds(now: 0))
    ahead.add(key)
    #expect(ahead.next(now: 0) == key)
  }

  @Test("held keys come out in order once nothing is awaited any more")
  func order() {
    var ahead = TypeAhead()
    ahead.observe(isAwaiting: true, now: 0)
    let events = ["a", "b", "c"].map { Event.key(.character($0)) }
    for event in events { ahead.add(event) }
    #expect(ahead.next(now: 10) == nil)
    ahead.observe(isAwaiting: false, now: 20)
    #expect(events.map { _ in ahead.next(now: 20) } == events)
    #expect(ahead.next(now: 20) == nil)
  }

  @Test("patience ends, and counts from when the waiting began")
  func patience() {
    var ahead = TypeAhead()
    ahead.observe(isAwaiting: true, now: 1_000)
    ahead.observe(isAwaiting: true, now: 1_200)
    ahead.add(key)
    #expect(ahead.timeout(now: 1_200) == 100)
    #expect(ahead.next(now: 1_299) == nil)
    #expect(ahead.next(now: 1_300) == key)
    #expect(ahead.timeout(now: 1_300) == nil)
  }

  @Test("keys that a dialog drops are gone")
  func drop() {
    var ahead = TypeAhead()
    ahead.observe(isAwaiting: true, now: 0)
    ahead.add(key)
    ahead.drop()
    #expect(ahead.next(now: 1_000) == nil)
  }
}
