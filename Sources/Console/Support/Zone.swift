package import Access

/// A time zone: what clocks show there at an instant.
package struct Zone: Sendable {
  package struct Offset: Hashable, Sendable {
    /// Seconds by which clocks there are ahead of UTC; negative west of it.
    package let seconds: Int64
    /// As in `UTC` and `CET`.
    package let abbreviation: String

    package init(seconds: Int64, abbreviation: String) {
      self.seconds = seconds
      self.abbreviation = abbreviation
    }
  }

  private let offset: @Sendable (Timestamp) -> Offset

  package init(_ offset: @escaping @Sendable (Timestamp) -> Offset) { self.offset = offset }

  package static let utc = Zone { _ in Offset(seconds: 0, abbreviation: "UTC") }

  package func offset(at instant: Timestamp) -> Offset { offset(instant) }

  /// What clocks there show at an instant.
  func local(_ instant: Timestamp) -> LocalTime {
    LocalTime(wall: instant.adding(seconds: offset(instant).seconds))
  }

  /// The instant at which clocks there show a time; nil for a time that the clocks skip. Of two such instants
  /// it is one.
  func instant(showing local: LocalTime) -> Timestamp? {
    var instant = local.wall.adding(seconds: -offset(local.wall).seconds)
    instant = local.wall.adding(seconds: -offset(instant).seconds)
    return self.local(instant) == local ? instant : nil
  }
}

/// What a clock shows, without its zone.
struct LocalTime: Hashable, Sendable {
  /// The instant at which a clock in UTC shows it.
  let wall: Timestamp

  /// As in `2026-11-27`.
  var day: String { wall.day }
  /// As in `2026-11-27 18:00`.
  var minute: String { wall.minute }
  /// As in `18:00`.
  var hour: String { String(minute.suffix(5)) }
  /// As in `2026-11-27 18:00:05`; the seconds only where there are some.
  var second: String {
    let seconds = wall.secondsSince1970 % 60
    let text = String(wall.description.dropLast())
    return minute + (seconds == 0 ? "" : String(text.suffix(3)))
  }

  /// As in `Fri 27 Nov`.
  var date: String {
    let parts = day.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, (1...12).contains(parts[1]) else { return day }
    return "\(Self.weekdays[weekday]) \(parts[2]) \(Self.months[parts[1] - 1])"
  }
  var year: String { String(day.prefix(4)) }

  /// 0 is Sunday. The first of January 1970 was a Thursday.
  private var weekday: Int {
    let seconds = wall.secondsSince1970
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    return Int(((days + 4) % 7 + 7) % 7)
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
