@testable import Console
import Testing

@Suite struct TimersTests {
  private func delivery(_ ticket: Int) -> Delivery {
    Delivery(
      to: ReturnAddress(layer: LayerID(number: 1), ticket: ticket), .send(ErasedMessage(value: ticket)))
  }

  @Test("the earliest says how long to wait, and what is due comes in order")
  func order() {
    var timers = Timers()
    #expect(timers.timeout(now: 0) == nil)
    timers.add(delivery(1), due: 300)
    timers.add(delivery(2), due: 100)
    #expect(timers.timeout(now: 40) == 60)
    #expect(timers.timeout(now: 140) == 0)
    #expect(timers.takeDue(now: 99).isEmpty)
    #expect(timers.takeDue(now: 300).map(\.address.ticket) == [2, 1])
    #expect(timers.timeout(now: 300) == nil)
  }

  @Test("a timer that nobody wants any more wakes nobody")
  func unwanted() {
    var timers = Timers()
    timers.add(delivery(1), due: 10)
    timers.add(delivery(2), due: 50)
    timers.keep { $0.ticket == 2 }
    #expect(timers.timeout(now: 0) == 50)
  }
}

@Suite struct TicketsTests {
  private let layer = LayerID(number: 1)

  @Test("a ticket is taken once")
  func once() {
    var tickets = Tickets()
    let address = tickets.issue(for: layer, key: nil)
    #expect(tickets.isWanted(address))
    let isFirstTaken = tickets.redeem(address)
    let isSecondTaken = tickets.redeem(address)
    #expect(isFirstTaken)
    #expect(!isSecondTaken)
  }

  @Test("a newer one of the same key and layer replaces the older")
  func keys() {
    var tickets = Tickets()
    let old = tickets.issue(for: layer, key: "a", label: "old")
    let other = tickets.issue(for: LayerID(number: 2), key: "a", label: "other")
    let new = tickets.issue(for: layer, key: "a", label: "new")
    #expect([old, other, new].map { tickets.isWanted($0) } == [false, true, true])
    #expect(tickets.label == "other")
    tickets.cancelAll(of: LayerID(number: 2))
    #expect(tickets.label == "new")
    tickets.cancel("a", of: layer)
    #expect(tickets.label == nil)
  }
}
