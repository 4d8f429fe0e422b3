/// An instant, in whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX).
///
/// Bounds: the years 0001 to 9999, which is what RFC 3339 can write.
package struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let secondsSince1970: Int64

  package static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  package init?(secondsSince1970: Int64) {
    guard Self.range.contains(secondsSince1970) else { return nil }
    self.secondsSince1970 = secondsSince1970
  }

  private init(clamping seconds: Int64) {
    secondsSince1970 = min(max(seconds, Self.range.lowerBound), Self.range.upperBound)
  }

  /// The first instant that can be written. Arithmetic that would pass an end of the range stops there.
  package static let distantPast = Timestamp(clamping: .min)

  package static func < (left: Self, right: Self) -> Bool {
    left.secondsSince1970 < right.secondsSince1970
  }

  package func adding(seconds: Int64) -> Timestamp {
    let (sum, overflow) = secondsSince1970.addingReportingOverflow(seconds)
    return Timestamp(clamping: overflow ? (seconds < 0 ? .min : .max) : sum)
  }

  package func adding(days: Int64) -> Timestamp {
    let (seconds, overflow) = days.multipliedReportingOverflow(by: 86_400)
    return adding(seconds: overflow ? (days < 0 ? .min : .max) : seconds)
  }

  /// The instant in the form `2027-02-21T00:00:00Z` (RFC 3339, in UTC).
  package var description: String {
    let date = CivilDate(daysSince1970: secondsSince1970.flooredDivision(by: 86_400))
    let second = secondsSince1970.flooredRemainder(by: 86_400)
    // Byte by byte, because each row of the audit log has its time in this form.
    return String(unsafeUninitializedCapacity: 20) { text in
      var end = 0
      func put(_ value: Int64, _ digits: Int, _ sign: Unicode.Scalar) {
        var rest = value
        for place in (end..<(end + digits)).reversed() {
          text[place] = UInt8(ascii: "0") + UInt8(rest % 10)
          rest /= 10
        }
        text[end + digits] = UInt8(ascii: sign)
        end += digits + 1
      }
      put(date.year, 4, "-")
      put(date.month, 2, "-")
      put(date.day, 2, "T")
      put(second / 3_600, 2, ":")
      put(second / 60 % 60, 2, ":")
      put(second % 60, 2, "Z")
      return end
    }
  }

  /// The day in UTC, in the form `2027-02-21`.
  package var day: String {
    CivilDate(daysSince1970: secondsSince1970.flooredDivision(by: 86_400)).description
  }

  /// The minute in UTC, for people, in the form `2027-02-21 00:00`. Whoever shows the text has to say that it
  /// is UTC.
  package var minute: String { String(description.prefix(16)).replacingT() }
}

extension String {
  fileprivate func replacingT() -> String { String(map { $0 == "T" ? " " : $0 }) }
}

/// A day of the Gregorian calendar (proleptic).
struct CivilDate: CustomStringConvertible {
  var year: Int64
  var month: Int64
  var day: Int64

  var description: String {
    let digits = String(year)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "-" + twoDigits(month) + "-"
      + twoDigits(day)
  }

  /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
  init(daysSince1970: Int64) {
    let shifted = daysSince1970 + 719_468
    let era = shifted.flooredDivision(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Fails where the calendar has no such day.
  init?(year: Int64, month: Int64, day: Int64) {
    guard (1...9_999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
    let back = CivilDate(daysSince1970: daysSince1970)
    guard back.month == month, back.day == day else { return nil }
  }

  /// The inverse function, days_from_civil of the same article.
  var daysSince1970: Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear.flooredDivision(by: 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

extension Int64 {
  func flooredDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }

  func flooredRemainder(by divisor: Int64) -> Int64 { self - flooredDivision(by: divisor) * divisor }
}

func twoDigits(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
