import Foundation

/// A program with a list: how it is started, and the keys by which programs are compared.
struct Program: Sendable {
  let name: String
  let command: [String]
  var environment: [String: String] = [:]
  var keys = Keys()
  /// The texts that are typed into the program's filter; none where that is not measured.
  var filters: [String] = []
  /// Whether only the start is measured.
  var isStartOnly = false

  struct Keys: Sendable {
    var down = "j"
    var up = "k"
    var pageDown = "\u{1B}[6~"
    var first = "g"
    var last = "G"
    var filter = "/"
    var clearFilter = "\u{1B}"
  }

  /// The measurements of all runs together.
  struct Figures: Sendable {
    var start: [Burst] = []
    var down: [Burst] = []
    var pageDown: [Burst] = []
    var last: [Burst] = []
    var first: [Burst] = []
    var filter: [Burst] = []
    var peakMegabytes: [Double] = []
    var idleBytes: [Double] = []
    var idleProcessorMilliseconds: [Double] = []
  }
}

extension Program {
  /// The silence, in milliseconds, after which the program counts as finished: at the start, after a key, and
  /// after a key behind which work may continue.
  private static let startSilence = 400.0
  private static let keySilence = 30.0
  private static let workSilence = 250.0
  private static let patience = 20_000.0
  /// The number of keys, small enough that the selection stays within the first page.
  private static let downsInPage = 12

  /// Starts the program, plays the keys, and adds the measurements.
  func measure(into figures: inout Figures) throws {
    let stopwatch = Stopwatch()
    let pty = try Pty(command, environment: Self.surroundings.merging(environment) { $1 })
    defer { pty.end() }
    let start = pty.burst(since: stopwatch, silence: Self.startSilence, patience: Self.patience)
    guard !start.pieces.isEmpty else { throw Failure("\(name) shows nothing") }
    figures.start.append(start)
    if !isStartOnly { playKeys(on: pty, into: &figures) }
    measureIdle(pty, into: &figures)
    figures.peakMegabytes += [ProcessUse.peakMegabytes(of: pty.pid)].compactMap { $0 }
  }

  private func playKeys(on pty: Pty, into figures: inout Figures) {
    for _ in 0..<10 {
      figures.down += (0..<Self.downsInPage).map { _ in pty.press(keys.down, silence: Self.keySilence) }
      _ = pty.press(String(repeating: keys.up, count: Self.downsInPage), silence: Self.workSilence)
    }
    figures.pageDown += (0..<40).map { _ in pty.press(keys.pageDown, silence: Self.keySilence) }
    for _ in 0..<5 {
      figures.last.append(pty.press(keys.last, silence: Self.workSilence, patience: 3_000))
      figures.first.append(pty.press(keys.first, silence: Self.workSilence, patience: 3_000))
    }
    for text in filters {
      _ = pty.press(keys.filter, silence: Self.workSilence)
      for letter in text {
        figures.filter.append(pty.press(String(letter), silence: Self.workSilence, patience: 3_000))
      }
      _ = pty.press(keys.clearFilter, silence: Self.workSilence)
    }
  }

  private func measureIdle(_ pty: Pty, into figures: inout Figures) {
    let before = ProcessUse.processorMilliseconds(of: pty.pid)
    let idle = pty.burst(since: Stopwatch(), silence: 3_000, patience: 3_000)
    figures.idleBytes.append(Double(idle.bytes))
    if let before, let after = ProcessUse.processorMilliseconds(of: pty.pid) {
      figures.idleProcessorMilliseconds.append(after - before)
    }
  }

  private static let surroundings = [
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8",
    "TERM": "xterm-256color", "SHELL": "/bin/sh",
  ].merging(ProcessInfo.processInfo.environment.filter { $0.key == "LD_LIBRARY_PATH" }) { $1 }
}
