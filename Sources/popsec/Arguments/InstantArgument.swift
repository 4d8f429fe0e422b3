import Access

/// An instant as a person writes it: a date and time, a day, or a time from now.
enum InstantArgument {
  /// The greatest time from now, which is 100 years of 365 days.
  static let mostSeconds: Int64 = 36_500 * 86_400

  private static let hint =
    "write 2027-02-21, 2027-02-21T00:00:00Z, or a time from now as in +90m, +36h, +14d or +2w"

  /// Reads an instant. A day alone means its first second in UTC.
  ///
  /// - Parameter dropsFraction: whether a fraction of a second is dropped, and not refused.
  static func instant(
    _ argument: String, now: Timestamp, dropsFraction: Bool = false
  ) throws(Trouble) -> Timestamp {
    if argument.hasPrefix("+") { return try fromNow(argument, now) }
    guard let instant = Timestamp(argument) else {
      throw Trouble("\(quotedExcerpt(argument)) is no time", hint: hint, exitStatus: .badData)
    }
    guard dropsFraction || !argument.contains(".") else {
      throw Trouble(
        "\(quotedExcerpt(argument)) has a fraction of a second",
        hint: "write whole seconds, as in \(instant)", exitStatus: .badData)
    }
    return instant
  }

  /// Reads when something ends; nil for `never`.
  ///
  /// Errors: ``Trouble`` for what is no instant, and for an end that is over.
  static func end(_ argument: String, now: Timestamp) throws(Trouble) -> Timestamp? {
    if argument.lowercased() == "never" { return nil }
    let end = try instant(argument, now: now)
    guard now < end else {
      throw Trouble(
        "\(quotedExcerpt(argument)) is over: what ends then would give nothing",
        hint: "give a later --until; --until never sets no end", exitStatus: .badData)
    }
    return end
  }

  private static func fromNow(_ argument: String, _ now: Timestamp) throws(Trouble) -> Timestamp {
    let digits = argument.dropFirst().dropLast()
    guard let unit = argument.last.flatMap({ seconds[$0] }), !digits.isEmpty,
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else {
      throw Trouble("\(quotedExcerpt(argument)) is no time from now", hint: hint, exitStatus: .badData)
    }
    // A number that is too great for its type is too great for this, too.
    guard let count = Int64(digits), count > 0, count <= mostSeconds / unit else {
      throw Trouble(
        "\(quotedExcerpt(argument)) is out of bounds",
        hint: "it is at least 1, and at most 36500 days from now", exitStatus: .badData)
    }
    return now.adding(seconds: count * unit)
  }

  private static let seconds: [Character: Int64] = ["m": 60, "h": 3_600, "d": 86_400, "w": 7 * 86_400]
}
