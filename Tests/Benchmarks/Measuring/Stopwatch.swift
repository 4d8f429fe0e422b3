import Glibc

/// The time since the stopwatch was made, by a clock that nobody sets.
struct Stopwatch: Sendable {
  private let start = Self.nanoseconds

  var microseconds: Double { Double(Self.nanoseconds - start) / 1e3 }
  var milliseconds: Double { microseconds / 1e3 }
  var seconds: Double { microseconds / 1e6 }

  private static var nanoseconds: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
