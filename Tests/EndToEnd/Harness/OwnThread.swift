import Dispatch
import Testing

/// Runs a suite on a thread of its own. Tests that wait for programs would otherwise keep one of the few threads, one for
/// each processor, on which all other tests compute.
struct OwnThread: SuiteTrait, TestScoping {
  private let executor = Executor()

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(executor) { try await function() }
  }

  private final class Executor: TaskExecutor {
    private let queue = DispatchQueue(label: "popsec.end-to-end")

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
  }
}

extension Trait where Self == OwnThread {
  static var ownThread: OwnThread { OwnThread() }
}
