import Terminal

/// The way from the root to the screen on top, in one line.
package struct Breadcrumb: Sendable {
  let titles: [String]

  package init(_ titles: [String]) { self.titles = titles }

  /// The whole way where it fits, else without the middle, else the last title alone.
  package func text(columns: Int) -> String {
    let separator = " › "
    let whole = titles.joined(separator: separator)
    if cellWidth(of: whole) <= columns { return whole }
    guard let first = titles.first, let last = titles.last, titles.count > 1 else { return whole }
    for dropped in stride(from: 1, to: titles.count - 1, by: 1) {
      let kept = [first, "…"] + titles[(1 + dropped)...]
      let text = kept.joined(separator: separator)
      if cellWidth(of: text) <= columns { return text }
    }
    return ["…", last].joined(separator: separator)
  }
}
