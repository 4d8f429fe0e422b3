extension Timestamp {
  /// Reads an RFC 3339 date and time, such as `2027-02-21T00:00:00Z`, with any offset; a fraction of a second
  /// is dropped. A day alone, such as `2027-02-21`, means the first second of the day in UTC.
  package init?(_ text: some StringProtocol) {
    // An array, because the compiler knows its type, and makes the scanner fast.
    var scanner = DigitScanner(Array(text.utf8))
    guard let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2),
      scanner.skip("-"), let day = scanner.digits(2),
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    let midnight = date.daysSince1970 * 86_400
    if scanner.isAtEnd {
      self.init(secondsSince1970: midnight)
      return
    }
    guard scanner.skip("T", or: "t", or: " "), let second = Self.secondOfDay(&scanner),
      let offset = Self.offset(&scanner), scanner.isAtEnd
    else { return nil }
    self.init(secondsSince1970: midnight + second - offset)
  }

  private static func secondOfDay(_ scanner: inout DigitScanner<some Collection<UInt8>>) -> Int64? {
    guard let hour = scanner.digits(2), scanner.skip(":"), let minute = scanner.digits(2),
      scanner.skip(":"), let second = scanner.digits(2), hour < 24, minute < 60, second < 60
    else { return nil }
    if scanner.skip(".") {
      guard scanner.skipDigits() else { return nil }
    }
    return hour * 3_600 + minute * 60 + second
  }

  private static func offset(_ scanner: inout DigitScanner<some Collection<UInt8>>) -> Int64? {
    if scanner.skip("Z", or: "z") { return 0 }
    let sign: Int64 = scanner.skip("-") ? -1 : 1
    guard sign < 0 || scanner.skip("+"), let hours = scanner.digits(2), scanner.skip(":"),
      let minutes = scanner.digits(2), hours < 24, minutes < 60
    else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }
}

/// Reads digits of fixed numbers from an ASCII text.
struct DigitScanner<Bytes: Collection<UInt8>> {
  private var rest: Bytes.SubSequence

  init(_ bytes: Bytes) { rest = bytes[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func digits(_ count: Int) -> Int64? {
    var value: Int64 = 0
    for _ in 0..<count {
      guard let byte = rest.first, (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - 0x30)
      rest = rest.dropFirst()
    }
    return value
  }

  mutating func skip(_ choices: Unicode.Scalar...) -> Bool {
    skipOne(of: choices)
  }

  mutating func skip(_ first: Unicode.Scalar, or more: Unicode.Scalar, or third: Unicode.Scalar? = nil)
    -> Bool
  {
    skipOne(of: [first, more] + (third.map { [$0] } ?? []))
  }

  mutating func skipDigits() -> Bool {
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    rest = rest.dropFirst(digits.count)
    return !digits.isEmpty
  }

  private mutating func skipOne(of choices: [Unicode.Scalar]) -> Bool {
    guard let byte = rest.first, choices.contains(where: { $0.value == UInt32(byte) }) else { return false }
    rest = rest.dropFirst()
    return true
  }
}
