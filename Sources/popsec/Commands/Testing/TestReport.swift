import Access
import Administration
import ArgumentParser
import Foundation
import Interchange

/// What came of tests, for people or for a pipeline.
struct TestReport {
  enum Format: String, CaseIterable, Sendable {
    /// Lines for people.
    case text
    /// TAP version 14 (testanything.org).
    case tap
    /// JUnit's XML, as CI systems read it.
    case junit
    case json

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    init(argument: String) throws {
      guard let format = Self(rawValue: argument) else { throw ValidationError("write \(Self.list)") }
      self = format
    }
  }

  let run: AccessTestResults
  let format: Format

  func print(to output: Output) throws {
    switch format {
    case .text: for line in text { try output.line(line) }
    case .tap: for line in tap { try output.line(line) }
    case .junit: for line in junit { try output.line(line) }
    case .json:
      let records = Output.standard(PrintOptions(format: .json))
      try records.value(TestRunRecord(run: run))
      try records.flush()
    }
  }

  // MARK: Text

  private var text: [String] {
    var lines: [String] = []
    for (file, outcome) in run.differing {
      lines.append("\(Self.place(file, outcome)): \(outcome.test.title): \(outcome.difference ?? "")")
      lines += Self.trace(outcome).map { "  " + $0 }
    }
    let (count, differing) = (run.outcomes.count, run.differing.count)
    let summary = count == 1 ? "1 test" : "\(count) tests"
    lines.append(
      differing == 0
        ? "\(summary): all hold" : "\(summary): \(differing) \(differing == 1 ? "differs" : "differ")")
    if let uncovered = run.uncovered {
      lines.append(uncovered.isEmpty ? "a test rests on each grant" : "no test rests on these grants:")
      lines += uncovered.map { "  " + $0 }
    }
    return lines
  }

  private static func place(_ file: String, _ outcome: AccessTestOutcome) -> String {
    "\(file):\(outcome.test.position)"
  }

  /// The lines that show why a test differs.
  private static func trace(_ outcome: AccessTestOutcome) -> [String] {
    (outcome.explanation?.lines(.standard()) ?? []) + outcome.lines
  }

  // MARK: TAP

  private var tap: [String] {
    var lines = ["TAP version 14", "1..\(run.outcomes.count)"]
    for (index, (file, outcome)) in run.outcomes.enumerated() {
      // A # would begin a directive, and a \ escapes.
      let title = outcome.test.title.replacing("\\", with: "\\\\").replacing("#", with: "\\#")
      lines.append("\(outcome.holds ? "ok" : "not ok") \(index + 1) - \(title)")
      guard let difference = outcome.difference else { continue }
      let details = DocumentValue.mapping([
        .init(key: "message", value: .text(difference)),
        .init(key: "at", value: .text(Self.place(file, outcome))),
        .init(key: "trace", value: .list(Self.trace(outcome).map { .text($0) })),
      ])
      lines += ["  ---"] + details.yaml.split(separator: "\n").map { "  " + $0 } + ["  ..."]
    }
    return lines + (run.uncovered ?? []).map { "# no test rests on \($0)" }
  }

  // MARK: JUnit

  private var junit: [String] {
    var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#, "<testsuites>"]
    for (file, cases) in Dictionary(grouping: run.outcomes, by: \.file).sorted(by: { $0.key < $1.key }) {
      let failures = cases.count { !$0.outcome.holds }
      lines.append(
        #"  <testsuite name="\#(XML.text(file))" tests="\#(cases.count)" failures="\#(failures)" errors="0">"#
      )
      lines += cases.flatMap { Self.junit(file, $0.outcome) }
      lines.append("  </testsuite>")
    }
    let uncovered = run.uncovered.map { ["no test rests on:"] + $0 } ?? []
    lines += uncovered.isEmpty ? [] : ["  <!-- \(XML.comment(uncovered.joined(separator: " | "))) -->"]
    return lines + ["</testsuites>"]
  }

  private static func junit(_ file: String, _ outcome: AccessTestOutcome) -> [String] {
    let name = #"name="\#(XML.text(outcome.test.title))" classname="\#(XML.text(file))""#
    let line = #"file="\#(XML.text(file))" line="\#(outcome.test.position.line)""#
    guard let difference = outcome.difference else { return ["    <testcase \(name) \(line)/>"] }
    let trace = trace(outcome).map(XML.text).joined(separator: "\n")
    return [
      "    <testcase \(name) \(line)>",
      #"      <failure message="\#(XML.text(difference))">\#(trace)</failure>"#,
      "    </testcase>",
    ]
  }
}

/// Texts in an XML document (W3C XML 1.0, 2.2 and 2.4). Characters that XML does not allow become U+FFFD.
private enum XML {
  static func text(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(isAllowed(scalar) ? scalar : "\u{FFFD}")
      }
    }
  }

  /// A comment may not hold two hyphens in a row.
  static func comment(_ text: String) -> String { self.text(text).replacing("-", with: "‐") }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}

/// A test of access that was run.
struct TestRecord: PrintedObject {
  let file: String
  let outcome: AccessTestOutcome

  static let columns: [Column<Self>] = [
    .data("file") { $0.file },
    .data("line") { Int($0.outcome.test.position.line) },
    .data("name") { $0.outcome.test.title },
    .data("holds") { $0.outcome.holds },
    // What differs; null where the test holds.
    .data("difference") { $0.outcome.difference },
    .data("details") { $0.outcome.lines },
    .dataIfAny("explanation") { $0.outcome.explanation.map(StepsRecord.init) },
  ]
}

/// All tests of a run.
struct TestRunRecord: PrintedObject {
  let run: AccessTestResults

  static let columns: [Column<Self>] = [
    .data("count") { $0.run.outcomes.count },
    .data("differing") { $0.run.differing.count },
    .data("tests") { $0.run.outcomes.map(TestRecord.init) },
    // The grants on which no test rests; null without --coverage.
    .data("uncovered") { $0.run.uncovered },
  ]
}
