/// A table in Markdown.
struct Table {
  var head: [String]
  var rows: [[String]] = []

  var text: String {
    let line = { (cells: [String]) in "| " + cells.joined(separator: " | ") + " |" }
    let rule = head.indices.map { $0 == 0 ? "---" : "---:" }
    return ([line(head), line(rule)] + rows.map(line)).joined(separator: "\n")
  }
}

extension Table {
  /// A table of programs side by side, with one figure in each row.
  init(_ measured: [(program: Program, figures: Program.Figures)]) {
    self.init(head: ["80x24, warm", "aim"] + measured.map(\.program.name))
    for row in Self.figureRows {
      rows.append([row.name, row.aim] + measured.map { row.cell($0.figures) })
    }
  }

  private struct Row: Sendable {
    let name: String
    let aim: String
    let cell: @Sendable (Program.Figures) -> String
  }

  private static let figureRows = [
    Row(name: "start to first complete screen, ms", aim: "25") { shown(milliseconds($0.start).median) },
    Row(name: "… bytes", aim: "4,000") { shown(bytes($0.start)) },
    Row(name: "`j` within the page, ms p50 / p99", aim: "0.5 / 1.5") { pair($0.down) },
    Row(name: "… bytes p50", aim: "120") { shown(bytes($0.down)) },
    Row(name: "page down, ms p50 / p99", aim: "0.5 / 1.5") { pair($0.pageDown) },
    Row(name: "… bytes p50", aim: "2,000") { shown(bytes($0.pageDown)) },
    Row(name: "to the last row, ms", aim: "") { shown(milliseconds($0.last).median) },
    Row(name: "to the first row, ms", aim: "") { shown(milliseconds($0.first).median) },
    Row(name: "filter, rows of a letter, ms p50 / max", aim: "10") {
      let times = $0.filter.compactMap(\.largestMilliseconds)
      return times.isEmpty ? "–" : shown(times.median) + " / " + shown(times.max())
    },
    Row(name: "… with the count, ms p50", aim: "") { shown(milliseconds($0.filter).median) },
    Row(name: "… bytes p50", aim: "2,000") { shown(bytes($0.filter)) },
    Row(name: "peak memory, MB", aim: "30") { shown($0.peakMegabytes.max()) },
    Row(name: "idle for 3 s, bytes", aim: "0") { shown($0.idleBytes.median) },
    Row(name: "… processor ms", aim: "0") { shown($0.idleProcessorMilliseconds.median) },
  ]

  private static func milliseconds(_ bursts: [Burst]) -> [Double] { bursts.compactMap(\.milliseconds) }

  private static func bytes(_ bursts: [Burst]) -> Double? {
    bursts.filter { !$0.pieces.isEmpty }.map { Double($0.bytes) }.median
  }

  private static func pair(_ bursts: [Burst]) -> String {
    let times = milliseconds(bursts)
    return times.isEmpty ? "–" : shown(times.median) + " / " + shown(times.percentile(0.99))
  }

  /// A table of calls to the store, one in each row, with the stores side by side.
  init(_ inside: [(title: String, figures: [Inside.Figure])]) {
    self.init(head: ["in the process, µs p50 / p99"] + inside.map(\.title))
    for (index, figure) in (inside.first?.figures ?? []).enumerated() {
      rows.append(
        [figure.name]
          + inside.map { store in
            let times = store.figures[index].microseconds
            return shown(times.median) + " / " + shown(times.percentile(0.99))
          })
    }
  }
}
