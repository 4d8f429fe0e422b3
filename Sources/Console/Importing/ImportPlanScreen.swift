import Access
import Administration
import Interchange
import Terminal

/// What an import would do, to be scrolled through and then carried out. Its outcome is that it was.
struct ImportPlanScreen: Screen {
  enum Message: Sendable {
    case scroll(Int)
    case looked(Result<AccessEffect, Problem>)
    case carryOut
    case tick
    case ended(Problem?)
    case back, wait
  }
  struct Outcome: Hashable, Sendable {}

  private let planned: PlannedImport
  private let context: ConsoleContext
  private let planLines: [ImportLine]
  private let progress = ProgressCount()
  private var effect: Result<AccessEffect, Problem>?
  private var isRunning = false
  private var problem: Problem?
  private var scrolling = Scrolling()
  private var size = Size(columns: 80, rows: 20)
  /// What is scrolled, wrapped once.
  private var lines: [(text: String, style: Style)] = []

  init(_ planned: PlannedImport, context: ConsoleContext) {
    self.planned = planned
    self.context = context
    planLines = planned.plan.lines()
  }

  private var plan: ImportPlan { planned.plan }
  private var connectors: String { planned.imported.connectorNames.map(\.text).joined(separator: ", ") }

  var title: String { "Plan" }
  var pageName: String? { "import-plan" }

  var bindings: [KeyBinding<Message>] {
    if isRunning { return [KeyBinding(.escape, "q", hint: "wait", isHinted: false, message: .wait)] }
    let carryOut = KeyBinding<Message>(.enter, "i", hint: "import", help: "carry this out", does: ask)
    return (plan.isEmpty ? [] : [carryOut]) + scrolling.bindings { .scroll($0) }
      + [KeyBinding(.escape, "q", hint: "back", message: .back)]
  }

  mutating func layout(in bounds: Rect) -> Effect<Message> {
    size = bounds.inset(columns: 1).size
    wrapLines()
    return .none
  }

  /// Looks what it does to who may see what.
  mutating func appear() -> Effect<Message> {
    guard !plan.isEmpty else { return .none }
    return .run("looking what it does", awaited: false) { [planned, context] in
      .looked(context.effect { try $0.carryOut(planned.imported, expecting: planned.plan) })
    }
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .scroll(let count): scrolling.move(by: count)
    case .looked(let effect):
      self.effect = effect
      wrapLines()
    case .carryOut: return carryOut()
    case .wait: break
    case .tick: return isRunning ? ProgressCount.look(.tick) : .none
    case .ended(nil):
      return .batch(.toast("imported: \(plan.summary)", .good), close(with: Outcome()))
    case .ended(let problem?):
      isRunning = false
      self.problem = problem
    case .back: return .close
    }
    return .none
  }

  private func ask() -> Effect<Message> {
    var points = plan.opening
    if plan.danglingCount > 0 {
      let grants = plan.danglingCount == 1 ? "1 grant names" : "\(plan.danglingCount.grouped) grants name"
      points.append("\(grants) what vanishes: kept, and gives nothing by it")
    }
    if plan.count(.removed) > 0 {
      points.append(TakingBack.removing(days: context.administration.retentionDays, hasTokens: false))
    }
    if case .success(let effect) = effect, effect.takesTwo { points.append(EffectText.waiting) }
    let text = "Make \(connectors) as the document says (\(plan.summary))?"
    let isHarmless = plan.count(.removed) == 0 && points.isEmpty
    let dialog =
      isHarmless
      ? ConfirmDialog.harmless(title: "Import", text: text, action: "Import")
      : .destructive(title: "Import", text: text, points: points, action: "Import")
    return dialog.confirmed(.send(.carryOut))
  }

  private mutating func carryOut() -> Effect<Message> {
    guard !isRunning else { return .none }
    isRunning = true
    problem = nil
    progress.tell(0, of: 0)
    return progress.run("importing", tick: .tick) { [planned, context] progress in
      try context.administration.carryOut(planned.imported, expecting: planned.plan) {
        progress.tell($0, of: $1)
      }
    } ended: {
      .ended($0)
    }
  }

  // MARK: - Drawing

  /// Warnings about access first: they must not hide behind hundreds of lists.
  private mutating func wrapLines() {
    let all =
      effectLines
      + planLines.map { line in
        (line.tone == .heading ? "" : "\(line.tone.sign) ", line.text, line.tone.style)
      }
    lines = all.flatMap { lead, text, style -> [(text: String, style: Style)] in
      if lead.isEmpty { return [(text, style)] }
      return wrap(text, columns: max(10, size.columns - 4)).enumerated().map {
        (($0.offset == 0 ? "  " + lead : "    ") + $0.element, style)
      }
    }
    scrolling.fit(lines: lines.count, into: size.rows - 2)
  }

  private var effectLines: [(lead: String, text: String, style: Style)] {
    switch effect {
    case nil where plan.isEmpty: []
    case nil: [("", "Looking what it does to who may see what…", .muted)]
    case .failure(let problem): [("✗ ", problem.line, Style(.danger))]
    case .success(let effect):
      [("", "effect on access", .bold)]
        + EffectWords(effect, context.clock.words).lines.map { ($0.tone.sign, $0.text, $0.tone.style) }
    }
  }

  func draw(on frame: inout Frame<Message>) {
    let (head, body) = frame.bounds.inset(columns: 1).splitTop(2)
    frame.put(connectors, in: head, style: .bold)
    let second = head.splitTop(1).rest
    if let problem {
      frame.put("✗ " + problem.line, in: second, style: Style(.danger, .bold))
    } else if isRunning {
      frame.put(progress.text("importing", columns: second.columns), in: second, style: Style(.accent))
    } else {
      frame.put(plan.isEmpty ? "There is nothing to do." : plan.summary, in: second)
    }
    frame.wheel(frame.bounds, up: .scroll(-3), down: .scroll(3))
    for (offset, line) in lines.dropFirst(scrolling.top).prefix(body.rows).enumerated() {
      frame.put(
        fit(line.text, columns: body.columns), column: body.column, row: body.row + offset, style: line.style)
    }
  }
}

extension ImportLine.Tone {
  fileprivate var style: Style {
    switch self {
    case .heading: .bold
    case .added: Style(.good)
    case .changed: .plain
    case .removed: Style(.warning)
    case .warning: Style(.danger)
    case .note: .muted
    }
  }
}
