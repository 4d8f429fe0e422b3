import Access
import Administration

/// An explanation as the gate keeps it with a denial.
struct StepsRecord: PrintedObject {
  let explanation: Explanation

  struct Line: PrintedObject {
    let line: ExplanationLine

    static let columns: [Column<Self>] = [
      .data("mark") { Word($0.line.mark) },
      .data("text") { $0.line.text },
    ]
  }

  struct Step: PrintedObject {
    let step: ExplanationStep

    static let columns: [Column<Self>] = [
      .data("step") { Word($0.step.step) },
      .data("line") { Line(line: $0.step.line) },
      .data("children") { $0.step.children.map(Line.init) },
    ]
  }

  static let columns: [Column<Self>] = [
    .data("isAllowed") { $0.explanation.isAllowed },
    .dataIfAny("deniedStep") { $0.explanation.deniedStep.map(Word.init) },
    .data("steps") { $0.explanation.steps.map(Step.init) },
    .data("reason") { $0.explanation.reason },
    .dataIfAny("by") { $0.explanation.by },
    .data("fixes") { $0.explanation.fixes },
  ]
}

/// What was asked of the gate, as far as it is known.
struct DeniedRequestRecord: PrintedObject {
  let request: Denial.Request

  static let columns: [Column<Self>] = [
    .dataIfAny("method") { $0.request.method },
    .dataIfAny("host") { $0.request.host },
    .dataIfAny("path") { $0.request.path },
    .dataIfAny("place") { $0.request.place },
    .dataIfAny("source") { $0.request.source },
    .dataIfAny("userAgent") { $0.request.userAgent },
    .dataIfAny("traceparent") { $0.request.traceparent },
  ]
}
