import Access

/// An instant as a person writes it: a date and time, a day, or a time from now.
enum InstantArgument {
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

  /// Reads when something ends; nil for `never`. A time from now needs no `+`, because an end is never in the past.
  ///
  /// - Parameter laterHint: what helps where the end is over.
  /// Errors: ``Trouble`` for what is no instant, and for an end that is over.
  static func end(
    _ argument: String, now: Timestamp, laterHint: String = "give a later --until; --until never sets no end"
  ) throws(Trouble) -> Timestamp? {
    if argument.lowercased() == "never" { return nil }
    let isFromNow =
      argument.first?.isNumber == true && argument.last?.isLetter == true && Timestamp(argument) == nil
    let end = try isFromNow ? fromNow("+" + argument, now) : instant(argument, now: now)
    guard now < end else {
      throw Trouble(
        "\(quotedExcerpt(argument)) is over: what ends then would give nothing",
        hint: laterHint, exitStatus: .badData)
    }
    return end
  }

  private static func fromNow(_ argument: String, _ now: Timestamp) throws(Trouble) -> Timestamp {
    do { return now.adding(seconds: try TimeSpan(argument.dropFirst()).seconds) } catch {
      switch error {
      case .malformed:
        throw Trouble("\(quotedExcerpt(argument)) is no time from now", hint: hint, exitStatus: .badData)
      case .outOfBounds:
        throw Trouble(
          "\(quotedExcerpt(argument)) is out of bounds",
          hint: "it is at least 1, and at most 36500 days from now", exitStatus: .badData)
      }
    }
  }
}
