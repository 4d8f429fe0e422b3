import TestSupport
import Testing

/// Where a person may sit: a kind of terminal, and how large its window is.
struct Seat: CustomTestStringConvertible {
  let term: String
  let columns: Int
  let rows: Int
  /// Whether the store is in a database.
  var isInDatabase = false

  var testDescription: String { "\(term) at \(columns)x\(rows)" + (isInDatabase ? " on a database" : "") }

  /// Whether that kind of terminal can be told what to put into a clipboard.
  var hasClipboard: Bool { term != "linux" && term != "vt100" }

  /// Those that the console is promised to work on, in a usual and in the smallest window.
  static let all = ["xterm-256color", "screen-256color", "linux", "vt100"].flatMap { term in
    [Seat(term: term, columns: 80, rows: 24), Seat(term: term, columns: 50, rows: 12)]
  }

  /// With two of them before a store in a database: what a terminal shows does not depend on that.
  static let onBothEngines =
    all
    + (PostgresServer.shared == nil
      ? []
      : [
        Seat(term: "xterm-256color", columns: 80, rows: 24, isInDatabase: true),
        Seat(term: "screen-256color", columns: 50, rows: 12, isInDatabase: true),
      ])
}

extension TestStore {
  func person(at seat: Seat) throws -> Person {
    try person(term: seat.term, columns: seat.columns, rows: seat.rows)
  }
}
