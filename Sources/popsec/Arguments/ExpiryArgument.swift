import Access
import ArgumentParser

let expiryHelp = ArgumentHelp(
  "When the token ends: never, a number of days as in 30d or +30d, or a date as in 2027-02-21T00:00:00Z.",
  discussion: """
    \(Expiry.defaultDays) days from now where nothing is said. A day alone means its first second in UTC.
    """,
  valueName: "when")

/// The end of a token as a person writes it.
enum ExpiryArgument {
  static let dayRange = 1...36_500

  /// Reads an end. Nil stays nil, and then the default applies.
  static func expiry(_ argument: String?, now: Timestamp) throws(Trouble) -> Expiry? {
    guard let argument else { return nil }
    if argument.lowercased() == "never" { return .never }
    if let days = days(argument) { return .at(now.adding(days: days)) }
    if argument.hasPrefix("+") || Timestamp(argument) != nil {
      return .at(try InstantArgument.instant(argument, now: now, dropsFraction: true))
    }
    throw Trouble(
      "\(quotedExcerpt(argument)) is no time at which a token could end",
      hint: "write never, 30d, +36h, 2027-02-21 or 2027-02-21T00:00:00Z", exitStatus: .badData)
  }

  /// Reads the end of a token that is being made.
  ///
  /// Errors: ``Trouble`` for what is no end, and for an end that is over.
  static func expiryOfNew(_ argument: String?, now: Timestamp) throws(Trouble) -> Expiry? {
    let expiry = try expiry(argument, now: now)
    guard let end = expiry?.timestamp, end <= now else { return expiry }
    throw Trouble(
      "\(quotedExcerpt(argument ?? "")) is over: a token that ends then would open nothing",
      hint: "give a later --expires; --expires never sets no end", exitStatus: .badData)
  }

  private static func days(_ argument: String) -> Int64? {
    guard argument.hasSuffix("d"), argument.dropLast().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let count = Int(argument.dropLast()), dayRange.contains(count)
    else { return nil }
    return Int64(count)
  }
}
