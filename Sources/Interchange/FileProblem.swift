package import Access

/// A place in a file. Lines and columns count from 1, and columns count Unicode scalars.
package struct FilePosition: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let line: Int32
  package let column: Int32

  package init(line: Int, column: Int) {
    self.line = Int32(clamping: line)
    self.column = Int32(clamping: column)
  }

  /// The line and the column, as in `12:5`.
  package var description: String { "\(line):\(column)" }

  package static func < (left: Self, right: Self) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// One thing that is wrong with a file, and where.
package struct FileProblem: Hashable, Sendable {
  package let position: FilePosition
  /// The message in lower case, without a full stop.
  package let message: String
  package let hint: String?

  package init(_ message: String, at position: FilePosition, hint: String? = nil) {
    self.position = position
    self.message = message
    self.hint = hint
  }
}

/// Everything that is wrong with a file, in the order of the file.
package struct SecurityFileErrors: Complaint, Hashable, CustomStringConvertible {
  /// The most problems that are collected. Problems beyond them show once the first ones are mended.
  package static let limit = 1_000

  package let fileName: String
  package let problems: [FileProblem]

  package init(fileName: String, problems: [FileProblem]) {
    self.fileName = fileName
    self.problems = problems.enumerated()
      .sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
      .map(\.element)
  }

  /// The problems, one a line: `file:line:column: message`, and the hint after a semicolon.
  package var lines: [String] {
    problems.map { problem in
      "\(fileName):\(problem.position): \(problem.message)" + (problem.hint.map { "; " + $0 } ?? "")
    }
  }

  /// All lines as one text.
  package var message: String { lines.joined(separator: "\n") }

  package var hint: String? {
    if problems.count >= Self.limit { return "nothing was changed; there may be more errors than these" }
    return problems.count == 1
      ? "nothing was changed" : "nothing was changed; there are \(problems.count) errors"
  }

  package var exitStatus: ExitStatus { .badData }
  package var description: String { message }
}
