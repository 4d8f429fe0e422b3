/// A stretch of time as people write it: a number and a unit, as in `90m`, `36h`, `14d` or `2w`.
///
/// Bounds: at least one minute, and at most 36,500 days.
package struct TimeSpan: Hashable, Sendable {
  package static let maximumSeconds: Int64 = 36_500 * 86_400

  package let seconds: Int64

  package init(_ text: some StringProtocol) throws(TimeSpanProblem) {
    // The prefix prevents that a text of megabytes is copied.
    let bytes = Array(text.utf8.prefix(30))
    let digits = bytes.dropLast()
    guard let unit = bytes.last.flatMap({ Self.units[$0] }), !digits.isEmpty,
      digits.allSatisfy({ (0x30...0x39).contains($0) })
    else { throw .malformed }
    // A number that is too great for its type is too great for a span, too.
    guard let count = Int64(String(decoding: digits, as: UTF8.self)), count > 0,
      count <= Self.maximumSeconds / unit
    else {
      throw .outOfBounds
    }
    seconds = count * unit
  }

  private static let units: [UInt8: Int64] = [
    UInt8(ascii: "m"): 60, UInt8(ascii: "h"): 3_600, UInt8(ascii: "d"): 86_400, UInt8(ascii: "w"): 604_800,
  ]
}

/// The reason why a text is no span of time.
package enum TimeSpanProblem: Error, Hashable, Sendable {
  case malformed, outOfBounds
}
