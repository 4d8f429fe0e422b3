import Testing

/// Where a person may sit: a kind of terminal, and how large its window is.
struct Seat: CustomTestStringConvertible {
  let term: String
  let columns: Int
  let rows: Int

  var testDescription: String { "\(term) at \(columns)x\(rows)" }

  /// Whether that kind of terminal can be told what to put into a clipboard.
  var hasClipboard: Bool { term != "linux" && term != "vt100" }

  /// Those that the console is promised to work on, in a usual and in the smallest window.
  static let all = ["xterm-256color", "screen-256color", "linux", "vt100"].flatMap { term in
    [Seat(term: term, columns: 80, rows: 24), Seat(term: term, columns: 50, rows: 12)]
  }
}

extension TestStore {
  func person(at seat: Seat) throws -> Person {
    try person(term: seat.term, columns: seat.columns, rows: seat.rows)
  }
}
