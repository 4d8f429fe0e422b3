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
  /// The names that the zone has in the course of a year, as in `UTC` and `CET/CEST`.
  var zoneNames: String {
    // A zone that changes its clocks keeps each name for four weeks or longer (Morocco, in Ramadan).
    let names = stride(from: Int64(0), to: 365, by: 28).map { zoneName(at: now.adding(days: $0)) }
    return names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(separator: "/")
  }
  /// As in `2026-11-27`.
  func day(_ instant: Timestamp) -> String { zone.local(instant).day }
  /// As in `2026-11-27 18:00`, for where the zone is said elsewhere.
  func minute(_ instant: Timestamp) -> String { zone.local(instant).minute }
  /// As in `2026-11-27 18:00 UTC`.
  func zoned(_ instant: Timestamp) -> String { "\(minute(instant)) \(zoneName(at: instant))" }

  /// As in `Fri 27 Nov 18:00`. The year stands there where it is another one than now, and the instant more
  /// than a week away.
  func moment(_ instant: Timestamp) -> String {
    let local = zone.local(instant)
    return "\(local.date)\(year(instant)) \(local.hour)"
  }

  /// As in `27 Nov`, with the year as in ``moment(_:)``.
  func date(_ instant: Timestamp) -> String {
    zone.local(instant).date.dropFirst(4) + year(instant)
  }

  private func year(_ instant: Timestamp) -> String {
    let year = zone.local(instant).year
    return isNear(instant) || year == zone.local(now).year ? "" : " " + year
  }

  /// As in `Fri 27 Nov 18:00 UTC`.
  func dated(_ instant: Timestamp) -> String { "\(moment(instant)) \(zoneName(at: instant))" }

  /// As in `in 3 days` and `5 h ago`.
  func distance(_ instant: Timestamp) -> String {
    let seconds = instant.secondsSince1970 - now.secondsSince1970
    if seconds == 0 { return "now" }
    let span = Self.span(abs(seconds))
    return seconds > 0 ? "in \(span)" : "\(span) ago"
  }

  /// A span in its greatest fitting unit. It is rounded, because what was said to end in 3 days should not end in
  /// 2 days a second later.
  private static func span(_ seconds: Int64) -> String {
    let minutes = rounded(seconds, by: 60)
    let hours = rounded(seconds, by: 3_600)
    if seconds < 60 { return "\(seconds) s" }
    if minutes < 60 { return "\(minutes) min" }
    return hours < 48 ? "\(hours) h" : "\(rounded(seconds, by: 86_400)) days"
  }

  private static func rounded(_ seconds: Int64, by unit: Int64) -> Int64 { (seconds + unit / 2) / unit }

  /// As in `in 3 days · Fri 27 Nov 18:00 UTC`.
  func whole(_ instant: Timestamp) -> String { "\(distance(instant)) · \(dated(instant))" }

  /// As in `in 3 days, Fri 27 Nov 18:00 UTC`, for the middle of a sentence.
  func told(_ instant: Timestamp) -> String { "\(distance(instant)), \(dated(instant))" }

  /// As in `3 days ago`, or the day where that is more than a week away. It has at most 10 columns.
  func near(_ instant: Timestamp) -> String { isNear(instant) ? distance(instant) : day(instant) }

  private func isNear(_ instant: Timestamp) -> Bool {
    abs(instant.secondsSince1970 - now.secondsSince1970) <= Self.soonDays * 86_400
  }

  /// Whether an instant is yet to come, within a week.
  func isSoon(_ instant: Timestamp) -> Bool { now < instant && isNear(instant) }
}

extension Clock {
  /// The standing of bounds in few words, as in `until Fri 27 Nov 18:00, in 3 days !`, `ended 3 days ago` and
  /// `from Tue 1 Dec 00:00`; nil where there are none.
  ///
  /// - Parameter columns: the room. Where there is little, the words say less.
  func badge(_ bounds: Bounds, columns: Int = .max) -> ListCell? {
    switch bounds.standing(at: now) {
    case .ended(let end): return self.end(end, columns: columns)
    case .begins(let start):
      let from = "from \(moment(start))"
      let texts =
        bounds.until.map { end in
          ["\(from) until \(moment(end))", "from \(date(start)) until \(date(end))", from + " …"]
        } ?? ["\(from), \(distance(start))", from]
      return ListCell(Self.longest(of: texts, in: columns), Style(.accent))
    case .inForce: return bounds.until.map { end($0, columns: columns) }
    }
  }

  /// As in `until Fri 27 Nov 18:00, in 3 days !`. An end within a week has a sign as well, because a terminal may
  /// have no colours.
  ///
  /// - Parameters:
  ///   - columns: the room. Where there is little, the words say less.
  ///   - lead: the words before an end that is yet to come.
  func end(_ instant: Timestamp, columns: Int = .max, lead: String = "until ") -> ListCell {
    guard now < instant else {
      let text = "ended \(distance(instant))"
      return ListCell(Self.longest(of: ["\(text), \(moment(instant))", text], in: columns), .muted)
    }
    let text = lead + moment(instant)
    return marked(instant) { mark in
      Self.longest(
        of: ["\(text), \(distance(instant))\(mark)", text + mark, distance(instant) + mark], in: columns)
    }
  }

  /// The first text that fits, or else the last one.
  private static func longest(of texts: [String], in columns: Int) -> String {
    texts.first { cellWidth(of: $0) <= columns } ?? texts.last ?? ""
  }

  /// As in `in 3 days !`, or the day of an end that is more than a week away, for a column.
  func shortEnd(_ instant: Timestamp) -> ListCell {
    isSoon(instant) ? marked(instant) { distance(instant) + $0 } : ListCell(day(instant))
  }

  /// As in `in 3 days · Fri 27 Nov 18:00 UTC !`, for all that is known of a thing.
  func wholeEnd(_ instant: Timestamp) -> ListCell { marked(instant) { whole(instant) + $0 } }

  /// The words for an end, with a sign and a tone where the end is within a week.
  private func marked(_ end: Timestamp, _ words: (_ mark: String) -> String) -> ListCell {
    isSoon(end) ? ListCell(words(" !"), Style(.warning)) : ListCell(words(""))
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
      return isSoon(end) ? "ends \(shortSpan(to: end)) !" : "ends"
    }
  }

  /// As in `3 d`, rounded as in ``distance(_:)``, for where a longer text would hide the title beside it.
  private func shortSpan(to instant: Timestamp) -> String {
    let seconds = instant.secondsSince1970 - now.secondsSince1970
    if seconds < 3_600 { return "<1 h" }
    let hours = Self.rounded(seconds, by: 3_600)
    return hours < 48 ? "\(hours) h" : "\(Self.rounded(seconds, by: 86_400)) d"
  }

  /// The standing of bounds in sentences. An end within a week has a sign and a tone.
  func sentences(_ bounds: Bounds) -> [ListCell] {
    if bounds.isAlways { return [ListCell("It is in force without a bound.", .muted)] }
    let from = bounds.from.map {
      ListCell((now < $0 ? "It begins " : "It began ") + told($0) + ".", .muted)
    }
    let until = bounds.until.map { end in
      isSoon(end)
        ? ListCell("! It ends \(told(end)).", Style(.warning, .bold))
        : ListCell((now < end ? "It ends " : "It ended ") + told(end) + ".", .muted)
    }
    return [from, until].compactMap { $0 }
  }
}
