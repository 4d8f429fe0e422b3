private import Access
private import Glibc

extension Surroundings {
  /// The system's clock and random numbers.
  package static let system = Surroundings(
    now: { Timestamp(secondsSince1970: Int64(time(nil))) ?? .distantPast },
    makeTokenID: { TokenID.generate() })
}
