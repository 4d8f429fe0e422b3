import Foundation
import TestSupport

/// What a person sees and does at a terminal on which a program runs.
final class Person {
  let pty: Pty
  private let emulator: Emulator
  /// All that the programs on the terminal have written.
  private(set) var bytes: [UInt8] = []
  /// The Token IDs that stood on the screen at any time.
  private(set) var shown: Set<String> = []
  /// Whether the terminal says that it draws signs of ambiguous width in two cells.
  var drawsAmbiguousWide = false

  /// How long a person waits before giving up. Nothing takes nearly as long.
  static let patience = patienceInSeconds

  init(_ command: [String], environment: [String: String], columns: Int = 80, rows: Int = 24) throws {
    emulator = try Emulator(columns: columns, rows: rows)
    pty = try Pty(command, environment: environment, columns: columns, rows: rows)
  }

  var modes: Modes { Modes(bytes) }
  /// What was sent to the terminal's clipboard, in order.
  var clipboard: [String] { Clipboard.texts(in: bytes) }
  var lines: [String] { emulator.lines }
  /// The lines without borders, so that what is wrapped can be found in a row.
  var text: String { lines.joined(separator: "\n") }

  /// Takes in what comes within that time; whether anything came.
  @discardableResult
  func watch(milliseconds: Int32) -> Bool {
    guard let more = pty.read(milliseconds: milliseconds) else { return false }
    bytes += more
    emulator.feed(more)
    let replies = emulator.takeReplies().map {
      // The last digit of the column, in the only answer about the cursor that is asked for.
      drawsAmbiguousWide && $0 == UInt8(ascii: "2") ? UInt8(ascii: "3") : $0
    }
    if !replies.isEmpty { pty.write(replies) }
    shown.formUnion(Secrets.found(in: text))
    return true
  }

  /// Waits until nothing more comes.
  @discardableResult
  func settle() -> Person {
    let end = Date.now + Self.patience
    while watch(milliseconds: 60), Date.now < end {}
    return self
  }

  /// Waits until something holds.
  @discardableResult
  func waits(for what: String, until isSo: () -> Bool) throws -> Person {
    let end = Date.now + Self.patience
    while !isSo() {
      guard Date.now < end else { throw Failure("waited in vain for \(what); on the screen:\n\(text)") }
      watch(milliseconds: 20)
    }
    return self
  }
}

// MARK: - what is seen

extension Person {
  /// Waits until all those texts stand on the screen, each within a line.
  @discardableResult
  func sees(_ texts: String...) throws -> Person {
    for text in texts { try waits(for: "“\(text)”") { line(with: text) != nil } }
    return self
  }

  /// Waits until none of those texts stands there any more.
  @discardableResult
  func seesNo(_ texts: String...) throws -> Person {
    for text in texts { try waits(for: "“\(text)” to go") { line(with: text) == nil } }
    return settle()
  }

  func line(with text: String) -> String? { lines.first { $0.contains(text) } }

  /// Waits until the program has ended, and gives its exit status.
  func seesEnd() throws -> Int {
    let pattern = #/\[ended with (\d+)\]/#
    try waits(for: "the end of the program") { text.firstMatch(of: pattern) != nil }
    return text.firstMatch(of: pattern).flatMap { Int($0.output.1) } ?? -1
  }
}

// MARK: - what is done

extension Person {
  /// Presses keys, by name or letter, parted by blanks: `s Down Enter C-s`.
  @discardableResult
  func presses(_ keys: String) -> Person {
    for key in keys.split(separator: " ") {
      pty.write(Self.bytes(ofKey: String(key)))
      // What follows Esc at once would be taken for one sequence with it.
      if key == "Esc" { settle() }
    }
    return self
  }

  @discardableResult
  func types(_ text: String) -> Person {
    pty.write(Array(text.utf8))
    return self
  }

  /// Clicks on the first place where a text stands, the title bar and the hints excepted.
  @discardableResult
  func clicks(_ text: String, inLineWith other: String? = nil) throws -> Person {
    settle()
    // On a busy machine a page is there before its contents are.
    try waits(for: "“\(text)” to click on") { place(of: text, inLineWith: other) != nil }
    settle()
    guard let place = place(of: text, inLineWith: other) else {
      throw Failure("“\(text)” went before it could be clicked on:\n\(self.text)")
    }
    return clicks(column: place.column, row: place.row)
  }

  @discardableResult
  func clicks(column: Int, row: Int) -> Person {
    types("\u{1B}[<0;\(column + 1);\(row + 1)M\u{1B}[<0;\(column + 1);\(row + 1)m")
  }

  private func place(of text: String, inLineWith other: String?) -> (column: Int, row: Int)? {
    for row in 1..<max(2, emulator.rows - 1) {
      let cells = emulator.cells(row: row)
      if let other, !cells.joined().contains(other) { continue }
      for column in cells.indices where cells[column...].joined().hasPrefix(text) { return (column, row) }
    }
    return nil
  }

  @discardableResult
  func resizes(columns: Int, rows: Int) -> Person {
    emulator.resize(columns: columns, rows: rows)
    pty.resize(columns: columns, rows: rows)
    return self
  }

  static func bytes(ofKey key: String) -> [UInt8] {
    if let sequence = keys[key] { return Array(sequence.utf8) }
    if key.count == 3, key.hasPrefix("C-"), let letter = key.utf8.last { return [letter & 0x1F] }
    return Array(key.utf8)
  }

  private static let keys = [
    "Enter": "\r", "Esc": "\u{1B}", "Tab": "\t", "BTab": "\u{1B}[Z", "Space": " ", "Bs": "\u{7F}",
    "Up": "\u{1B}OA", "Down": "\u{1B}OB", "Right": "\u{1B}OC", "Left": "\u{1B}OD", "Home": "\u{1B}OH",
    "End": "\u{1B}OF", "PgUp": "\u{1B}[5~", "PgDn": "\u{1B}[6~", "Del": "\u{1B}[3~",
  ]
}
