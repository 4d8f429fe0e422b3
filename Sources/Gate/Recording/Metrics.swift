internal import Access
internal import Synchronization

/// The numbers that one thread counts; other threads only read them.
final class WorkerMetrics: Sendable {
  /// The upper bounds of the histogram, in microseconds.
  static let bounds = [25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000]

  let outcomes = Mutex<[OutcomeLabel: Int]>([:])
  private let buckets = Mutex(Array(repeating: 0, count: WorkerMetrics.bounds.count + 1))
  /// The numbers of assertions by ``AssertionBook/Source``; empty where nothing is signed.
  let assertions = Mutex<[AssertionBook.Source: Int]>([:])
  let microseconds = Atomic<Int>(0)
  let hits = Atomic<Int>(0)
  let misses = Atomic<Int>(0)
  let kept = Atomic<Int>(0)
  let generation = Atomic<Int64>(0)

  func count(_ outcome: GateOutcome, microseconds: Int) {
    outcomes.withLock { $0[OutcomeLabel(outcome), default: 0] += 1 }
    let index = Self.bounds.firstIndex { microseconds <= $0 } ?? Self.bounds.count
    buckets.withLock { $0[index] += 1 }
    self.microseconds.add(microseconds, ordering: .relaxed)
  }

  /// Counts requests that got a kept answer, after so many microseconds each.
  func countKept(_ count: Int, microseconds: Int) {
    outcomes.withLock { $0[.allowed, default: 0] += count }
    let index = Self.bounds.firstIndex { microseconds <= $0 } ?? Self.bounds.count
    buckets.withLock { $0[index] += count }
    self.microseconds.add(count * microseconds, ordering: .relaxed)
  }

  func count(_ source: AssertionBook.Source) { assertions.withLock { $0[source, default: 0] += 1 } }

  func bucketCounts() -> [Int] { buckets.withLock { $0 } }
}

struct OutcomeLabel: Hashable, Comparable {
  let outcome: String
  let step: String

  static let allowed = OutcomeLabel(outcome: "allow", step: DecisionStep.grant.rawValue)

  private init(outcome: String, step: String) { (self.outcome, self.step) = (outcome, step) }

  init(_ outcome: GateOutcome) {
    switch outcome {
    case .allowed: self.outcome = "allow"
    case .open: self.outcome = "open"
    case .denied, .unknownSubject: self.outcome = "deny"
    case .tooMany: self.outcome = "rate"
    case .problem(let problem) where problem.status == 503: self.outcome = "error"
    case .problem: self.outcome = "malformed"
    }
    step = outcome.step?.rawValue ?? ""
  }

  static func < (left: Self, right: Self) -> Bool {
    (left.outcome, left.step) < (right.outcome, right.step)
  }
}

/// The numbers of all threads in the text format of Prometheus (prometheus.io/docs, text format 0.0.4).
struct MetricsText {
  let workers: [WorkerMetrics]
  let recorder: Recorder
  let connections: Int
  /// The number of reports that connections wait.
  let pauses: Int
  let lostLines: Int
  /// The number of answers that were decided by what was kept of a store out of reach.
  let staleCount: Int
  let general: GeneralMetrics

  var text: String {
    var metrics = MetricLines()
    func metric(_ name: String, _ type: String, _ help: String, _ samples: [(String, String)]) {
      metrics.add("popsec_gate_" + name, type, help, samples)
    }
    func sum(_ value: (WorkerMetrics) -> Int) -> String { String(workers.reduce(0) { $0 + value($1) }) }
    let outcomes = workers.reduce(into: [OutcomeLabel: Int]()) { sums, worker in
      worker.outcomes.withLock { sums.merge($0, uniquingKeysWith: +) }
    }
    metric(
      "decisions_total", "counter", "Decisions by outcome and deciding step.",
      outcomes.sorted { $0.key < $1.key }.map {
        ("{outcome=\"\($0.key.outcome)\",step=\"\($0.key.step)\"}", String($0.value))
      })
    metric("decision_seconds", "histogram", "Time from a request's end to its answer.", histogram)
    metric(
      "cache_lookups_total", "counter", "Decisions made from memory, and those that had to read.",
      [
        ("{result=\"hit\"}", sum { $0.hits.load(ordering: .relaxed) }),
        ("{result=\"miss\"}", sum { $0.misses.load(ordering: .relaxed) }),
      ])
    metric(
      "cache_entries", "gauge", "Token IDs kept in memory.",
      [("", String(workers.map { $0.kept.load(ordering: .relaxed) }.max() ?? 0))])
    let generation = workers.map { $0.generation.load(ordering: .relaxed) }.max() ?? 0
    metric(
      "store_generation", "gauge", "Changes of the store that can alter decisions.",
      [("", String(generation))])
    metric(
      "stale_answers_total", "counter", "Answers by what was kept of a store out of reach.",
      [("", String(staleCount))])
    let assertions = workers.reduce(into: [AssertionBook.Source: Int]()) { sums, worker in
      worker.assertions.withLock { sums.merge($0, uniquingKeysWith: +) }
    }
    metric(
      "assertions_total", "counter", "Allowed answers by how their assertion was come by.",
      AssertionBook.Source.allCases.map { ("{source=\"\($0.rawValue)\"}", String(assertions[$0] ?? 0)) })
    metric("connections", "gauge", "Open connections.", [("", String(connections))])
    metric(
      "accept_pauses_total", "counter", "Minutes in which connections had to wait to be accepted.",
      [("", String(pauses))])
    metric(
      "log_lines_lost_total", "counter", "Lines of the log that could not be written.",
      [("", String(lostLines))])
    metric(
      "records_dropped_total", "counter", "Uses and denials that were not kept.",
      [("", String(recorder.dropped.load(ordering: .relaxed)))])
    metric(
      "record_failures_total", "counter", "Writes of use and denials that failed.",
      [("", String(recorder.failures.load(ordering: .relaxed)))])
    metric(
      "decoys_presented_total", "counter", "Requests that presented a decoy.",
      [("", String(recorder.decoys.load(ordering: .relaxed)))])
    return (general.lines + metrics.lines).joined(separator: "\n") + "\n"
  }

  private var histogram: [(String, String)] {
    let counts = workers.map { $0.bucketCounts() }
    var samples: [(String, String)] = []
    var total = 0
    for index in 0...WorkerMetrics.bounds.count {
      total += counts.reduce(0) { $0 + $1[index] }
      let isLast = index == WorkerMetrics.bounds.count
      let bound = isLast ? "+Inf" : String(Double(WorkerMetrics.bounds[index]) / 1_000_000)
      samples.append(("_bucket{le=\"\(bound)\"}", String(total)))
    }
    let microseconds = workers.reduce(0) { $0 + $1.microseconds.load(ordering: .relaxed) }
    return samples + [("_sum", String(Double(microseconds) / 1_000_000)), ("_count", String(total))]
  }
}
