internal import Administration

/// Lines of metrics in the text format of Prometheus (prometheus.io/docs, text format 0.0.4).
struct MetricLines {
  private(set) var lines: [String] = []

  /// Adds a metric. A sample is what follows the name, and the value.
  mutating func add(_ name: String, _ type: String, _ help: String, _ samples: [(String, String)]) {
    lines += ["# HELP \(name) \(help)", "# TYPE \(name) \(type)"]
    lines += samples.map { "\(name)\($0.0) \($0.1)" }
  }

  /// Adds a metric of one sample. What is not known is left out.
  mutating func add(_ name: String, _ help: String, labels: String = "", known value: Int?) {
    guard let value else { return }
    add(name, "gauge", help, [(labels, String(value))])
  }
}

/// The metrics of program, process and store.
struct GeneralMetrics {
  /// nil where nobody told them.
  let program: ProgramFacts?
  let descriptors: DescriptorCount
  /// ``StoreFigures/endingTokens``.
  let endingTokens: Int?

  var lines: [String] {
    var metrics = MetricLines()
    if let program {
      let labels =
        #"{version="\#(program.version)",commit="\#(program.commit)",schema="\#(program.schema)"}"#
      metrics.add("popsec_build_info", "What the program was built of.", labels: labels, known: 1)
      metrics.add(
        "process_start_time_seconds", "When the process started, in seconds since 1970.",
        known: Int(program.startedAt))
    }
    metrics.add("process_open_fds", "Open file descriptors.", known: descriptors.open)
    metrics.add("process_max_fds", "The limit of open file descriptors.", known: descriptors.limit)
    metrics.add(
      "popsec_tokens_expiring", "Tokens that are neither revoked nor disabled, and end soon.",
      labels: "{within=\"\(EndingTokens.days)d\"}", known: endingTokens)
    return metrics.lines
  }
}
