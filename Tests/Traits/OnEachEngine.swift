private import TestSupport
package import Testing

/// Runs each test of a suite once for each engine, on which the stores are that the test makes without naming an engine.
package struct OnEachEngine: SuiteTrait, TestTrait, TestScoping {
  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    guard testCase != nil else { return try await function() }
    for engine in Engine.all {
      let naming = IssueHandlingTrait.compactMapIssues { issue in
        var issue = issue
        issue.comments.append("on \(engine)")
        return issue
      }
      try await Engine.$current.withValue(engine) {
        try await naming.provideScope(for: test, testCase: testCase, performing: function)
      }
    }
  }
}

extension Trait where Self == OnEachEngine {
  /// On each engine, one after another.
  package static var onEachEngine: OnEachEngine { OnEachEngine() }
}
