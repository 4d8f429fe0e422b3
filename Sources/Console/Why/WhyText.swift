import Access
import Administration
import Terminal

/// The text that Why shows, line by line.
struct WhyText {
  struct Span: Hashable {
    let text: String
    let style: Style
  }

  struct Line: Hashable {
    var spans: [Span]

    init(_ text: String = "", _ style: Style = .plain) { spans = [Span(text: text, style: style)] }
    init(_ spans: [Span]) { self.spans = spans }
  }

  private let request: CheckRequest
  private let answer: Result<Verdict, Problem>?
  private let clock: Clock
  private let columns: Int

  init(_ request: CheckRequest, _ answer: Result<Verdict, Problem>?, _ clock: Clock, columns: Int) {
    self.request = request
    self.answer = answer
    self.clock = clock
    self.columns = columns
  }

  var lines: [Line] {
    switch answer {
    case nil: [Line("Deciding…", .muted)]
    case .failure(let problem):
      problem.lines(columns: max(10, columns)).map { Line($0.text, $0.style) }
    case .success(let verdict):
      asked(verdict) + [Line()] + decided(verdict) + [Line()] + steps(verdict) + mending(verdict)
    }
  }

  // MARK: What is asked

  private func asked(_ verdict: Verdict) -> [Line] {
    let names = verdict.names
    let subject = verdict.question.access.map { names.title($0.subject) } ?? "nobody that is known"
    let parts = WhyPart.allCases.filter { $0.applies(to: request) }
    let width = max(24, columns / 2)
    var lines = [Line([Span(text: "Asked by ", style: .muted), Span(text: subject, style: .bold)])]
    for start in stride(from: 0, to: parts.count, by: 2) {
      let spans = parts[start..<min(start + 2, parts.count)].flatMap { part -> [Span] in
        let value = fit(value(of: part, verdict), columns: width - 14)
        let padding = String(repeating: " ", count: max(1, width - 13 - cellWidth(of: value)))
        let title = part.title + String(repeating: " ", count: 9 - part.title.count)
        return [
          Span(text: part.key.label + " ", style: Style(.accent, .bold)), Span(text: title, style: .muted),
          Span(text: value + padding, style: .plain),
        ]
      }
      lines.append(Line(spans))
    }
    return lines
  }

  private func value(of part: WhyPart, _ verdict: Verdict) -> String {
    let names = verdict.names
    switch part {
    case .token:
      return verdict.question.request.token.known?.name.text ?? "none: what it could see"
    case .place:
      switch request.surface {
      case .widget(let reference): return "widget \(shown(reference, names.widgets))"
      case .endpoint(let reference, let method):
        return "endpoint \(shown(reference, names.endpoints)), \(method.rawValue)"
      case .api(let reference): return "API of \(shown(reference, names.connectors))"
      }
    case .company: return request.company.map { shown($0, names.companies) } ?? "any"
    case .list: return request.list.map { shown($0, names.lists) } ?? "any of the widget's"
    case .item:
      return request.item.map { "\($0.kind.singular) \(shown($0.item, names.items.mapValues(\.name)))" }
        ?? "none"
    case .time: return request.at.map(clock.dated) ?? "now"
    case .source: return request.source?.description ?? "not said"
    }
  }

  private func shown<Kind>(_ reference: Reference<Kind>, _ names: [Identifier<Kind>: Name]) -> String {
    switch reference {
    case .named(let name): name.text
    case .id(let id): names[id]?.text ?? "what left the catalogue"
    case .noName: "…"
    }
  }

  // MARK: What is decided

  private func decided(_ verdict: Verdict) -> [Line] {
    guard verdict.decision.isAllowed else {
      return wrapped("✗ DENIED: \(verdict.reason(clock.words))", Style(.danger, .bold))
    }
    return wrapped("✓ ALLOWED: \(verdict.reason(clock.words))", Style(.good, .bold)) + pairs(verdict)
  }

  private func pairs(_ verdict: Verdict) -> [Line] {
    let pairs = verdict.decision.pairs
    var companies: [CompanyID?] = []
    for pair in pairs where companies.last != pair.company { companies.append(pair.company) }
    return companies.flatMap { company -> [Line] in
      let lists = pairs.filter { $0.company == company }.map { verdict.names.lists[$0.list]?.text ?? "" }
      let place = company.map { (verdict.names.companies[$0]?.text ?? "") + ": " } ?? ""
      return wrapped(place + lists.joined(separator: ", "), .plain, indent: 2)
    }
  }

  private func steps(_ verdict: Verdict) -> [Line] {
    Self.steps(of: Explanation(verdict, withFixes: false, clock.words), columns: columns)
  }

  static func steps(of explanation: Explanation, columns: Int) -> [Line] {
    explanation.steps.enumerated().flatMap { index, step -> [Line] in
      let label = "\(step.mark.sign) \(index + 1) \(step.step.rawValue)".padded(to: 14)
      return hanging(label, step.text, step.mark.style, columns: columns)
        + step.children.flatMap {
          hanging(
            "              \($0.mark.sign) ", $0.text, $0.mark == .held ? .plain : .muted, columns: columns)
        }
    }
  }

  private func mending(_ verdict: Verdict) -> [Line] {
    let fixes = verdict.fixesByCommand()
    guard !fixes.isEmpty else { return [] }
    let heading = fixes.count == 1 ? "To allow it:" : "To allow it, one of these:"
    return [Line(), Line(heading, .bold)]
      + fixes.flatMap { fix in
        hanging("- ", fix.text, .plain) + fix.commands.flatMap { Self.command($0, columns: columns) }
      }
  }

  /// A command that can be copied as it stands, also where it takes several lines.
  static func command(_ words: [String], columns: Int) -> [Line] {
    let indent = "    "
    let room = max(10, columns - cellWidth(of: indent))
    return ShellWords.lines(words) { cellWidth(of: $0) <= room }.map { Line(indent + $0, .muted) }
  }

  private func wrapped(_ text: String, _ style: Style, indent: Int = 0) -> [Line] {
    hanging(String(repeating: " ", count: indent), text, style)
  }

  /// Wraps a text at words. Further lines are indented to the beginning of the text.
  private func hanging(_ label: String, _ text: String, _ style: Style) -> [Line] {
    Self.hanging(label, text, style, columns: columns)
  }

  static func hanging(_ label: String, _ text: String, _ style: Style, columns: Int) -> [Line] {
    let indent = cellWidth(of: label)
    return wrap(text, columns: max(10, columns - indent)).enumerated().map { index, line in
      Line((index == 0 ? label : String(repeating: " ", count: indent)) + line, style)
    }
  }
}

extension WhyText {
  /// The room for a page's text, below its title as in a list.
  static func room(in bounds: Rect) -> Rect { bounds.inset(columns: 1) }

  /// Draws the lines from `top` on, as far as there is room.
  static func draw<Message>(_ lines: [Line], from top: Int, on frame: inout Frame<Message>) {
    let room = room(in: frame.bounds)
    for (offset, line) in lines.dropFirst(top).prefix(room.rows).enumerated() {
      var column = room.column
      for span in line.spans {
        column += frame.put(
          span.text, column: column, row: room.row + offset, style: span.style,
          columns: room.endColumn - column)
      }
    }
  }
}

extension String {
  func padded(to count: Int) -> String {
    self + String(repeating: " ", count: max(1, count - self.count))
  }

  func leftPadded(to count: Int) -> String {
    String(repeating: " ", count: max(0, count - self.count)) + self
  }
}

extension ExplanationMark {
  var sign: String {
    switch self {
    case .held: "✓"
    case .failed: "✗"
    case .skipped, .notEvaluated: "–"
    }
  }

  fileprivate var style: Style {
    switch self {
    case .held: .plain
    case .failed: Style(.danger)
    case .skipped, .notEvaluated: .muted
    }
  }
}
