import Access
package import Administration
import Store

/// What came of the tests of several files.
package struct AccessTestResults: Sendable {
  /// The outcomes, with the name of each test's file, in the order of the files.
  package let outcomes: [(file: String, outcome: AccessTestOutcome)]
  /// The grants on which no test rests, as in `team:Sales MX on Business Central`; nil where nobody asked.
  package let uncovered: [String]?

  package var differing: [(file: String, outcome: AccessTestOutcome)] {
    outcomes.filter { !$0.outcome.holds }
  }
  package var holds: Bool { outcomes.allSatisfy(\.outcome.holds) }
}

/// Some tests do not hold in the state that a change would make.
package struct TestsDiffer: Error, Sendable {
  package let results: AccessTestResults
}

extension Administration {
  /// Runs the tests of files on one state of the store.
  ///
  /// - Parameter coverage: whether the grants are found on which no test rests.
  ///
  /// Errors: ``AdministrationError`` for a person who may not read security, ``StoreError``, ``SealingError``.
  package func run(_ files: [AccessTestFile], coverage: Bool = false) throws -> AccessTestResults {
    try check { try AccessTestResults(running: files, $0, now: now, coverage: coverage) }
  }
}

extension AccessTestResults {
  init(running files: [AccessTestFile], _ checker: Checker, now: Timestamp, coverage: Bool = false) throws {
    let run = AccessTestRun(checker, now: now)
    outcomes = try files.flatMap { file in try file.tests.map { (file.name, try run.run($0)) } }
    let covered = outcomes.reduce(into: Set<GrantID>()) { $0.formUnion($1.outcome.grants) }
    uncovered = coverage ? try Self.grants(in: checker.source.reader, besides: covered) : nil
  }

  private static func grants(in reader: any SecurityReader, besides covered: Set<GrantID>) throws -> [String]
  {
    try reader.connectors().flatMap { connector in
      var names: [String] = []
      var paging = Paging(by: \GrantHolder.cursor)
      while let page = try paging.next({
        try reader.grantHolders(on: connector.id, naming: nil, $0, limit: maximumPageRows)
      }) {
        names += page.filter { !covered.contains($0.grant.id) }.map {
          "\($0.kind?.rawValue ?? "team"):\($0.name.text) on \(connector.name.text)"
        }
      }
      return names
    }
  }
}
