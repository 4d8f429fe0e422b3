import Foundation
import TestSupport
import Testing

extension EndToEnd {
  @Suite("the terminal is as it was")
  struct Leaving {
    /// How a console comes to its end, and the status that it then ends with.
    enum Way: String, CaseIterable {
      case quit, terminate, hangUp, interrupt, quitSignal, crash, abort, user, alarm, realTime

      var signal: Int32? {
        switch self {
        case .quit: nil
        case .terminate: SIGTERM
        case .hangUp: SIGHUP
        case .interrupt: SIGINT
        case .quitSignal: SIGQUIT
        case .crash: SIGSEGV
        case .abort: SIGABRT
        case .user: SIGUSR1
        case .alarm: SIGALRM
        case .realTime: 40
        }
      }

      var status: Int { signal.map { 128 + Int($0) } ?? 0 }
    }

    @Test("however the console ends", arguments: Way.allCases, ["xterm-256color", "linux", "vt100"])
    func afterwards(way: Way, term: String) throws {
      try onStore(.emptyStore) { store in
        let person = try store.person(term: term)
        let before = try Self.modesBefore(store, term)
        try person.sees("Security").presses("s").sees("API users").settle()
        #expect(person.pty.modes != before)
        if term == "xterm-256color" { #expect(person.modes.on.isSuperset(of: [1049, 1000, 1006, 2004])) }
        try Self.end(person, way)
        #expect(try person.seesEnd() == way.status)
        #expect(person.modes.isClean, "\(person.modes)")
        #expect(person.pty.modes == before)
      }
    }

    @Test(
      "a console whose terminal takes no output ends when it is asked to, and gives the terminal back",
      arguments: [SIGTERM, SIGHUP, SIGINT, SIGSEGV])
    func blocked(signal: Int32) throws {
      try onStore(.emptyStore) { store in
        let person = try store.person()
        let before = try Self.modesBefore(store, "xterm-256color")
        try person.sees("Security").settle()
        let program = try person.program()
        try eventually("the terminal to be full") {
          person.presses("C-l")
          return person.pty.isFull
        }
        kill(program, signal)
        try eventually("the console to end") { !Processes.isAlive(program) }
        #expect(try person.seesEnd() == 128 + Int(signal))
        #expect(person.modes.isClean, "\(person.modes)")
        #expect(person.pty.modes == before)
      }
    }

    private static func end(_ person: Person, _ way: Way) throws {
      guard let signal = way.signal else {
        try person.presses("Esc").sees("Help").presses("q").sees("Leave popsec").presses("Enter")
        return
      }
      kill(try person.program(), signal)
    }

    /// The modes of a terminal on which nothing ran that changes them.
    private static func modesBefore(_ store: TestStore, _ term: String) throws -> [UInt32] {
      let person = try store.person(["/bin/true"], term: term)
      _ = try person.seesEnd()
      return person.pty.modes
    }

    @Test(
      "the terminal is restored after Ctrl-Z, and the console after fg, in a shell",
      .enabled(if: Tool.bash.isThere))
    func suspending() throws {
      try onStore(.emptyStore) { store in
        let person = try store.person(
          [Tool.bash.path, "--norc", "--noprofile", "-i"], adding: ["PS1": "ready> "])
        try person.sees("ready>").types("stty -g\r").settle()
        let before = try person.sttyLine()
        try person.types("\(TestStore.program)\r").sees("Security").presses("s").sees("API users")
        for _ in 0..<3 {
          try person.settle().presses("C-z").sees("Stopped", "ready>").settle()
          #expect(person.modes.on.isDisjoint(with: Modes.mouse.union([1049])))
          #expect(!person.modes.isCursorHidden)
          person.types("stty -g\r").settle()
          #expect(try person.sttyLine() == before)
          try person.types("fg\r").sees("API users", "Catalogue").settle()
          #expect(person.modes.on.isSuperset(of: [1049, 1000, 1006, 2004]))
        }
        try person.clicks("Teams").sees("Add team")
      }
    }

    @Test("a terminal that goes away ends the console at once, and costs nothing till then")
    func hangUp() throws {
      try onStore(.emptyStore) { store in
        let person = try store.person()
        try person.sees("Security").settle()
        let program = try person.program()
        let before = Processes.process(program)?.time ?? 0
        // Nothing is written without a reason, nor is time spent: a tick is 10 ms.
        #expect(!person.watch(milliseconds: 300))
        #expect((Processes.process(program)?.time ?? 0) - before <= 1)
        person.pty.hangUp()
        // The terminal's hang-up is followed by that of its session, and neither keeps the other from being put away.
        try person.waits(for: "the console to end") {
          kill(program, SIGHUP)
          return !Processes.isAlive(program)
        }
        let log = try store.popsec("audit", "list", "--json").output
        #expect(log.contains("session.signOut"))
      }
    }
  }
}

extension Person {
  /// The process of popsec on this terminal.
  func program() throws -> pid_t {
    let found = Processes.below(pty.shell).filter { Processes.process($0)?.name == "popsec" }
    guard let first = found.first else { throw Failure("popsec doesn't run") }
    return first
  }

  /// The last line on the screen that stty -g has written.
  func sttyLine() throws -> String {
    guard let line = lines.last(where: { $0.contains(#/^[0-9a-f]+(:[0-9a-f]+){10,}/#) }) else {
      throw Failure("no line of stty:\n\(text)")
    }
    return line
  }
}
