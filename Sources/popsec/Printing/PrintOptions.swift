import ArgumentParser

/// The formats in which a command prints.
enum OutputFormat: String, CaseIterable, Sendable {
  /// Tables and lines for people.
  case table
  /// JSON (RFC 8259): an array with one element in each line, or one value over several lines.
  case json
  /// JSON Lines: one value in each line.
  case jsonl
  case yaml
  /// CSV (RFC 4180) with lines that end with LF, and with a header of the keys.
  case csv

  init(argument: String) throws {
    guard let format = Self(rawValue: argument) else { throw ValidationError("write \(Self.list)") }
    self = format
  }

  /// All formats, for people.
  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// Whether the output is for programs, and has no words around it.
  var isForPrograms: Bool { self != .table }
}

/// How a command prints.
struct PrintOptions: Sendable {
  var format = OutputFormat.table
  /// The keys or titles of the columns that are printed, in order; nil for the usual ones.
  var columns: [String]?
  var hasHeader = true

  /// What people see.
  static let people = PrintOptions()
}
