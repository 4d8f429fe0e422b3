import Access
import Administration
import Foundation
import Glibc
import Store
import Synchronization
import TestSupport
import Testing

extension GatesEndToEnd {
  @Suite("a gate that keeps answers says what was decided anew")
  struct ProcessDifference {
    @Test("each answer is the decision of a state that was current between the request and the answer")
    func alike() throws {
      try onStore(mayReveal: true) { store in
        let house = try GateHouse(store)
        defer { house.end() }
        let world = try ChangingWorld(store)
        let askers = try RandomAskers(house.socket, world.book, connections: 3)
        for time in 0..<Takes.count {
          try world.change(byCommand: time % 20 == 7)
          if time == Takes.count / 2 { try store.succeed("key", "rotate", "lookup", "--forget") }
        }
        let answers = try askers.finish()
        let wrong = answers.filter { !world.book.allows($0) }
        #expect(wrong.isEmpty, "\(wrong.count) of \(answers.count), as \(wrong.first.map(\.text) ?? "")")
        // Otherwise nothing was compared.
        let allowed = answers.count { $0.status == 200 }
        #expect(allowed > Takes.count / 10 && answers.count - allowed > Takes.count / 10)
        if Takes.isByHand { print("\(answers.count) answers, \(allowed) of them allowed") }
      }
    }
  }
}

/// What is decided in each state that the store was in.
private final class StateBook: Sendable {
  /// A state of the store.
  struct State {
    /// When the change to it began, and when that had returned.
    let begun: ContinuousClock.Instant
    let returned: ContinuousClock.Instant
    /// The Token IDs that open the widget, as indices.
    let allowed: Set<Int>
  }

  private struct Known {
    var states: [State] = []
    var tokenIDs: [TokenID] = []
  }

  private let known = Mutex(Known())

  func add(_ state: State) { known.withLock { $0.states.append(state) } }

  func learn(_ id: TokenID) { known.withLock { if !$0.tokenIDs.contains(id) { $0.tokenIDs.append(id) } } }

  var tokenIDs: [TokenID] { known.withLock(\.tokenIDs) }

  /// One of the latest Token IDs, so that many are those of now.
  var randomTokenID: (index: Int, text: String) {
    known.withLock { known in
      let index = Int.random(in: max(0, known.tokenIDs.count - 6)..<known.tokenIDs.count)
      return (index, known.tokenIDs[index].revealed)
    }
  }

  /// Whether the answer is that of a state that may have been current meanwhile: one whose change had begun when the
  /// answer came, and whose successor had not returned when the request was sent.
  func allows(_ answer: RandomAskers.Answer) -> Bool {
    known.withLock { known in
      known.states.indices.contains { index in
        guard known.states[index].begun <= answer.ended else { return false }
        let isOver = index + 1 < known.states.count && known.states[index + 1].returned < answer.began
        return !isOver && known.states[index].allowed.contains(answer.tokenID) == (answer.status == 200)
      }
    }
  }
}

/// API users from whom this process and commands take and give at random.
private final class ChangingWorld {
  let book = StateBook()
  private let store: TestStore
  private let accesses: [TakenAccess]
  private let widget: WidgetID
  /// What is taken at present, by API user.
  private var taken: [Set<TakenAccess.Part>]

  init(_ store: TestStore) throws {
    self.store = store
    let accesses = try (1...3).map { try TakenAccess(store.path, named: "Portal \($0)") }
    let widgets = try accesses[0].administration.read { try $0.widgets() }
    (self.accesses, widget) = (accesses, try #require(widgets.first).id)
    taken = accesses.map { _ in [] }
    let begun = ContinuousClock.now
    for access in accesses { book.learn(try TokenID(access.tokenID)) }
    book.add(StateBook.State(begun: begun, returned: .now, allowed: try decide()))
  }

  /// Decides anew for each Token ID, by the state that is read now.
  private func decide() throws -> Set<Int> {
    let ids = book.tokenIDs
    return try accesses[0].administration.check { checker in
      Set(
        try ids.indices.filter { index in
          let request = CheckRequest(asker: .tokenID(ids[index]), surface: .widget(.id(widget)))
          return try checker.check(request).decision.isAllowed
        })
    }
  }

  /// Takes something, or gives back what was taken, and decides for all Token IDs.
  func change(byCommand: Bool) throws {
    let index = Int.random(in: accesses.indices)
    let parts: [TakenAccess.Part] = byCommand ? [.tokenDisabled, .account] : TakenAccess.Part.allCases
    // What is taken comes back soon, so that requests are allowed as well as denied.
    let isGiving = !taken[index].isEmpty && Int.random(in: 0..<3) > 0
    guard var part = (isGiving ? Array(taken[index]) : parts).randomElement() else { return }
    // A revoked token stays as it is; another takes its place.
    if taken[index].contains(.token), Self.partsOfToken.contains(part) { part = .token }
    let gives = taken[index].contains(part)
    let begun = ContinuousClock.now
    if byCommand, parts.contains(part) {
      try command(part, gives, accesses[index])
    } else {
      try accesses[index].set(part, gives)
    }
    let returned = ContinuousClock.now
    book.learn(try TokenID(accesses[index].tokenID))
    if gives { taken[index].remove(part) } else { taken[index].insert(part) }
    book.add(StateBook.State(begun: begun, returned: returned, allowed: try decide()))
  }

  private static let partsOfToken: Set<TakenAccess.Part> = [.tokenDisabled, .limits, .end]

  /// The same by another process.
  private func command(_ part: TakenAccess.Part, _ gives: Bool, _ access: TakenAccess) throws {
    let verb = gives ? "enable" : "disable"
    if part == .account {
      try store.succeed("api-user", verb, access.name)
    } else {
      try store.succeed("token", verb, access.name, try access.tokenName)
    }
  }
}

/// Ask a gate at random, each on a connection of its own, and keep the answers.
private final class RandomAskers: Sendable {
  struct Answer: Sendable {
    /// Which Token ID was shown.
    let tokenID: Int
    let status: Int
    let began: ContinuousClock.Instant
    let ended: ContinuousClock.Instant

    var text: String { "\(status) for Token ID number \(tokenID)" }
  }

  private struct State {
    var answers: [Answer] = []
    var isEnding = false
    var running: Int
    var problem: String?
  }

  private let state: Mutex<State>

  init(_ socket: String, _ book: StateBook, connections: Int) throws {
    state = Mutex(State(running: connections))
    for _ in 0..<connections {
      guard let descriptor = GateHouse.connect(toUnix: socket) else { throw Failure("no gate") }
      Thread.detachNewThread { self.run(descriptor, book) }
    }
  }

  private func run(_ descriptor: Int32, _ book: StateBook) {
    defer {
      close(descriptor)
      state.withLock { $0.running -= 1 }
    }
    while !state.withLock(\.isEnding) {
      let (tokenID, text) = book.randomTokenID
      let began = ContinuousClock.now
      guard let status = Asker.status(descriptor, text) else {
        return state.withLock { $0.problem = "a request got no answer" }
      }
      let answer = Answer(tokenID: tokenID, status: status, began: began, ended: .now)
      state.withLock { state in
        state.answers.append(answer)
        if status >= 500 { state.problem = "the gate answered \(status)" }
      }
    }
  }

  func finish() throws -> [Answer] {
    state.withLock { $0.isEnding = true }
    while state.withLock({ $0.running > 0 }) { usleep(1_000) }
    return try state.withLock { state in
      if let problem = state.problem { throw Failure(problem) }
      return state.answers
    }
  }
}
