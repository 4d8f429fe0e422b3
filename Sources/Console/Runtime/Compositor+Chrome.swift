import Terminal

/// Draws the title bar, the hint bar and the status line.
extension Compositor {
  func drawTitleBar(on frame: inout Frame<Target>) {
    let style = Style(isReadOnly ? .warning : .accent, .reverse)
    let bar = frame.bounds.splitTop(1).top
    frame.fill(bar, style: style)
    let mode = (rules.isRecordingSafe ? ["RECORDING-SAFE"] : []) + (isReadOnly ? ["READ-ONLY"] : [])
    let standing = [company, settings.context].compactMap { $0 }
    let told = storeNews.map { [fit($0, columns: max(0, size.columns / 2))] }
    let rest = told ?? (statuses.isEmpty ? standing : statuses.values.sorted())
    let context = (mode + rest).joined(separator: "  ")
    let contextColumns = cellWidth(of: context)
    let used = frame.put(settings.product, column: 1, row: 0, style: style.with(.bold)) + 2
    let room = max(0, bar.columns - used - contextColumns - 3)
    frame.put(Breadcrumb(titles).text(columns: room), column: used, row: 0, style: style, columns: room)
    frame.put(context, column: max(used, bar.columns - contextColumns - 1), row: 0, style: style)
  }

  func drawBottom(on frame: inout Frame<Target>) {
    let hintRow = Rect(column: 0, row: size.rows - 1, columns: size.columns, rows: 1)
    let statusRow = size.rows >= Self.statusRowHeight ? size.rows - 2 : size.rows - 1
    if let toast { return draw(toast, endingIn: statusRow, hints: hintRow, on: &frame) }
    drawHints(in: hintRow, on: &frame)
    let status = Rect(column: 0, row: statusRow, columns: size.columns, rows: 1)
    if showsWork, let label = awaited.label {
      frame.fill(status)
      frame.put(label + "…", in: status.inset(columns: 1), style: .muted)
    }
  }

  /// Draws a toast over the rows above the hints. A toast takes as many rows as it needs, up to three.
  private func draw(_ toast: Toast, endingIn row: Int, hints: Rect, on frame: inout Frame<Target>) {
    drawHints(in: hints, on: &frame)
    let lines = wrap(toast.marked, columns: max(1, size.columns - 2)).prefix(3)
    for (offset, line) in lines.enumerated() {
      let place = Rect(column: 0, row: row - lines.count + 1 + offset, columns: size.columns, rows: 1)
      frame.fill(place)
      frame.put(line, in: place.inset(columns: 1), style: toast.kind.style)
    }
  }

  /// Draws the keys that can be used: the screen's own first, and help always at the right end.
  private func drawHints(in rect: Rect, on frame: inout Frame<Target>) {
    guard let top = stack.last?.screen else { return }
    if isWaitingForQuiet {
      let text = "this has opened by itself, and takes keys in a moment"
      frame.put(text, in: rect.inset(columns: 1), style: .muted)
      return
    }
    let taken = taken
    let everywhere = everywhere.filter { action in
      guard taken.isDisjoint(with: action.binding.keys) else { return false }
      switch action.global {
      case .back: return stack.count > 1
      case .palette: return settings.palette != nil && top.presentation == .full
      case .help: return settings.help != nil && top.presentation == .full
      default: return true
      }
    }
    let hints = (offered + everywhere).filter { $0.binding.isHinted && $0.binding.obstacle == nil }
    HintBar(hints).draw(in: rect, on: &frame)
  }
}
