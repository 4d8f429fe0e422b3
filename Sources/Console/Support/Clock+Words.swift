import Access
import Administration
import Terminal

extension Clock {
  /// The way in which texts of `Administration` write instants in the console.
  var words: TimeWords {
    TimeWords(told: zoned, fact: whole, exact: { "\(distance($0)) · \(second($0))" })
  }

  /// The same with days alone, for a list with little room.
  var shortWords: TimeWords { TimeWords(told: date, fact: date, exact: date) }

  /// As in `2026-11-27 18:00:05 UTC`.
  private func second(_ instant: Timestamp) -> String {
    "\(zone.local(instant).second) \(zoneName(at: instant))"
  }
}

extension ListColumn {
  /// A column of minutes, whose title names the zone.
  ///
  /// - Parameter instant: the instant of a row; nil for an empty cell.
  static func minutes(
    _ id: String, _ title: String, _ context: ConsoleContext, priority: Int = 0,
    instant: @escaping @Sendable (Row) -> Timestamp?
  ) -> ListColumn {
    let title = "\(title) (\(context.clock.zoneNames))"
    // A minute takes 16 columns. The name of the zone has to stay whole, since it says what the minutes mean.
    return ListColumn(id, title, width: .fixed(max(16, cellWidth(of: title))), priority: priority) { row in
      ListCell(instant(row).map(context.clock.minute) ?? "")
    }
  }
}
