import Access
import Terminal

/// Says instants as people understand them: how far away, and what clocks show then in the zone of the console.
struct Clock: Sendable {
  let zone: Zone
  let now: Timestamp

  init(_ zone: Zone = .utc, now: Timestamp) {
    self.zone = zone
    self.now = now
  }

  /// What ends within so many days is marked.
  static let soonDays: Int64 = 7

  /// As in `UTC`.
  func zoneName(at instant: Timestamp) -> String { zone.offset(at: instant).abbreviation }
  /// As in `2026-11-27`.
  func day(_ instant: Timestamp) -> String { zone.local(instant).day }
  /// As in `2026-11-27 18:00`, for where the zone is said elsewhere.
  func minute(_ instant: Timestamp) -> String { zone.local(instant).minute }
  /// As in `2026-11-27 18:00 UTC`.
  func zoned(_ instant: Timestamp) -> String { "\(minute(instant)) \(zoneName(at: instant))" }

  /// As in `Fri 27 Nov 18:00`; with the year where it is another one than now.
  func moment(_ instant: Timestamp) -> String {
    let local = zone.local(instant)
    return "\(date(local)) \(local.hour)"
  }

  private func date(_ local: LocalTime) -> String {
    local.date + (local.year == zone.local(now).year ? "" : " \(local.year)")
  }

  /// As in `in 3 days` and `5 h ago`.
  func distance(_ instant: Timestamp) -> String {
    let seconds = instant.secondsSince1970 - now.secondsSince1970
    if seconds == 0 { return "now" }
    let span = Self.span(abs(seconds))
    return seconds > 0 ? "in \(span)" : "\(span) ago"
  }

  private static func span(_ seconds: Int64) -> String {
    switch seconds {
    case ..<60: return "\(seconds) s"
    case ..<3_600: return "\(seconds / 60) min"
    case ..<172_800: return "\(seconds / 3_600) h"
    default: return "\(seconds / 86_400) days"
    }
  }

  /// As in `in 3 days, Fri 27 Nov 18:00 UTC`.
  func whole(_ instant: Timestamp) -> String {
    "\(distance(instant)), \(moment(instant)) \(zoneName(at: instant))"
  }

  /// Whether an instant is yet to come, within a week.
  func isSoon(_ instant: Timestamp) -> Bool { now < instant && instant <= now.adding(days: Self.soonDays) }
}

extension Clock {
  /// How bounds stand, in few words: as in `until Fri 27 Nov 18:00`, `ended 3 days ago`, `from Tue 1 Dec 00:00`.
  /// Nil where there are none.
  func badge(_ bounds: Bounds) -> ListCell? {
    switch bounds.standing(at: now) {
    case .ended(let end): return ListCell("ended \(distance(end))", .muted)
    case .begins(let start):
      let end = bounds.until.map { " until \(moment($0))" } ?? ""
      return ListCell("from \(moment(start))\(end)", Style(.accent))
    case .inForce: return bounds.until.map(end)
    }
  }

  /// As in `until Fri 27 Nov 18:00`. What ends within a week gets a sign as well, because a terminal may have no colours.
  func end(_ instant: Timestamp) -> ListCell {
    guard now < instant else { return ListCell("ended \(distance(instant))", .muted) }
    let text = "until \(moment(instant))"
    return isSoon(instant) ? ListCell(text + " !", Style(.warning, .bold)) : ListCell(text)
  }

  /// Both ends, as in `from Tue 1 Dec 00:00 until Fri 4 Dec 18:00`; empty where there are none.
  func range(_ bounds: Bounds) -> String {
    [bounds.from.map { "from \(moment($0))" }, bounds.until.map { "until \(moment($0))" }].compactMap { $0 }
      .joined(separator: " ")
  }

  /// How bounds stand, in one word for the navigation pane; empty where they are in force without an end.
  func word(_ bounds: Bounds) -> String {
    switch bounds.standing(at: now) {
    case .ended: return "ended"
    case .begins: return "not yet"
    case .inForce:
      guard let end = bounds.until else { return bounds.from == nil ? "" : "begun" }
      return isSoon(end) ? "ends \(span(to: end)) !" : "ends"
    }
  }

  private func span(to instant: Timestamp) -> String { String(distance(instant).dropFirst(3)) }

  /// How bounds stand, in sentences.
  func sentences(_ bounds: Bounds) -> [String] {
    let from = bounds.from.map { (now < $0 ? "It begins " : "It began ") + whole($0) + "." }
    let until = bounds.until.map { (now < $0 ? "It ends " : "It ended ") + whole($0) + "." }
    let words = [from, until].compactMap { $0 }
    return words.isEmpty ? ["It is in force without a bound."] : words
  }
}
