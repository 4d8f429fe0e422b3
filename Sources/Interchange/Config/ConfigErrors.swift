package import Access

/// Everything that is wrong with a document of one's own settings, in the order of the document.
package struct ConfigErrors: Complaint, Hashable {
  /// Where the document is, for people: a path, or words.
  package let documentName: String
  package let problems: [FileProblem]

  package init(documentName: String, problems: [FileProblem]) {
    self.documentName = documentName
    self.problems = problems.enumerated()
      .sorted { ($0.element.position, $0.offset) < ($1.element.position, $1.offset) }
      .map(\.element)
  }

  /// The problems, one a line: `document:line:column: message`, and the hint after a semicolon.
  package var lines: [String] {
    problems.map { problem in
      "\(documentName):\(problem.position): \(problem.message)" + (problem.hint.map { "; " + $0 } ?? "")
    }
  }

  package var message: String { lines.joined(separator: "\n") }
  package var hint: String? { "popsec config show --actions and --lists tell what there is" }
  package var exitStatus: ExitStatus { .badData }
}
