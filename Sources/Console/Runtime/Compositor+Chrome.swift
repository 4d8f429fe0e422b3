import Terminal

/// Draws the title bar, the hint bar and the status line.
extension Compositor {
  func drawTitleBar(on frame: inout Frame<Target>) {
    let style = Style(isReadOnly ? .warning : .accent, .reverse)
    let bar = frame.bounds.splitTop(1).top
    frame.fill(bar, style: style)
    let used = frame.put(settings.product, column: 1, row: 0, style: style.with(.bold)) + 2
    let titleColumns = cellWidth(of: Breadcrumb(titles).text(columns: .max))
    let context = standing(columns: bar.columns - used - titleColumns - 3)
    let contextColumns = cellWidth(of: context)
    let room = bar.splitLeft(bar.columns - contextColumns - 2).left.splitLeft(used).rest
    drawBreadcrumb(in: room, style: style, on: &frame)
    frame.put(context, column: max(used, bar.columns - contextColumns - 1), row: 0, style: style)
  }

  /// The right end of the title bar: modes, who the person is, who else is there, and the store or what is more urgent.
  /// Where there is little room, the words about the store are cut or left out, then the person's role and name, so that
  /// the titles stay whole. That others are there is always said.
  private func standing(columns: Int) -> String {
    let modes = (rules.isRecordingSafe ? ["RECORDING-SAFE"] : []) + (isReadOnly ? ["READ-ONLY"] : [])
    let told = storeNews.map { [fit($0, columns: max(0, size.columns / 2))] }
    let urgent = told ?? statuses.values.sorted()
    let who = [settings.identity()].filter { !$0.isEmpty }
    let others = [company].compactMap { $0 }
    let text = { (parts: [String]) in (modes + parts).joined(separator: "  ") }
    let left = columns - cellWidth(of: text(who + others + [""]))
    let cut = left < Self.leastStoreColumns ? [] : [fit(settings.context, columns: left, ellipsis: .middle)]
    let calm = [who + others + [settings.context], who + others + cut, [settings.person] + others, others]
    let choices = urgent.isEmpty ? calm : [who + urgent, urgent]
    // Alone, the person is named even where the titles are cut for that.
    let least = urgent.isEmpty && others.isEmpty ? [settings.person] : choices.last ?? []
    return choices.dropLast().map(text).first { cellWidth(of: $0) <= columns } ?? text(least)
  }

  /// The least width in which the words about the store still say something.
  private static let leastStoreColumns = 12

  /// Draws the titles. A click on one goes back to its screen.
  private func drawBreadcrumb(in rect: Rect, style: Style, on frame: inout Frame<Target>) {
    var column = rect.column
    for (offset, part) in Breadcrumb(titles).parts(columns: rect.columns).enumerated() {
      let place = { Rect(column: column, row: rect.row, columns: rect.endColumn - column, rows: 1) }
      if offset > 0 { column += frame.put(Breadcrumb.separator, in: place(), style: style) }
      let start = column
      column += frame.put(part.text, in: place(), style: style)
      guard let index = part.index, let id = target(ofTitle: index) else { continue }
      let drawn = Rect(column: start, row: rect.row, columns: column - start, rows: 1)
      frame.clickable(drawn, Target(layer: Self.chrome) { .global(.backTo(id)) })
    }
  }

  /// The layer to which a click on a title goes back; nil for the screen on top, and under a dialog, because the
  /// dialog must be answered first.
  private func target(ofTitle index: Int) -> LayerID? {
    guard stack.last?.screen.presentation == .full, index < stack.count - 1 else { return nil }
    return stack[index].id
  }

  func drawBottom(_ offers: Offers, on frame: inout Frame<Target>) {
    let hintRow = Rect(column: 0, row: size.rows - 1, columns: size.columns, rows: 1)
    let statusRow = size.rows >= Self.statusRowHeight ? size.rows - 2 : size.rows - 1
    drawHints(offers, in: hintRow, on: &frame)
    if let toast { return draw(toast, endingIn: statusRow, on: &frame) }
    let status = Rect(column: 0, row: statusRow, columns: size.columns, rows: 1)
    if showsWork, let label = awaited.label {
      frame.fill(status)
      frame.put(label + "…", in: status.inset(columns: 1), style: .muted)
    }
  }

  /// Draws a toast over the rows above the hints. A toast takes as many rows as it needs, up to three.
  private func draw(_ toast: Toast, endingIn row: Int, on frame: inout Frame<Target>) {
    let lines = wrap(toast.marked, columns: max(1, size.columns - 2)).prefix(3)
    for (offset, line) in lines.enumerated() {
      let place = Rect(column: 0, row: row - lines.count + 1 + offset, columns: size.columns, rows: 1)
      frame.fill(place)
      frame.put(line, in: place.inset(columns: 1), style: toast.kind.style)
    }
  }

  /// Draws the keys that can be used: the screen's own first, and help always at the right end.
  private func drawHints(_ offers: Offers, in rect: Rect, on frame: inout Frame<Target>) {
    guard let top = stack.last?.screen else { return }
    if isWaitingForQuiet {
      let text = "this has opened by itself, and takes keys in a moment"
      frame.put(text, in: rect.inset(columns: 1), style: .muted)
      return
    }
    let hinted = offers.hinted { action in
      switch action {
      case .back: stack.count > 1
      case .palette: settings.palette != nil && top.presentation == .full
      case .help: settings.help != nil && top.presentation == .full
      default: true
      }
    }
    HintBar(hinted).draw(in: rect, on: &frame)
  }
}
