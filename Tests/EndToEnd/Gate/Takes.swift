import Foundation

/// How often tests take access away. `POPSEC_TAKES` in the environment names another number, such as 10000.
enum Takes {
  private static let named = ProcessInfo.processInfo.environment["POPSEC_TAKES"].flatMap { Int($0) }
  static let count = named ?? 50
  /// The number for what takes long each time.
  static let rareCount = max(2, count / 500)
  static var isByHand: Bool { named != nil }
}

/// How long answers took.
struct Delays {
  private var milliseconds: [Double] = []

  mutating func measure<Result>(_ body: () throws -> Result) rethrows -> Result {
    let start = ContinuousClock.now
    defer { milliseconds.append((ContinuousClock.now - start) / .milliseconds(1)) }
    return try body()
  }

  /// Prints them where somebody asked for a number of times. They are never checked, because machines differ.
  func tell(_ what: String) {
    guard Takes.isByHand, !milliseconds.isEmpty else { return }
    let sorted = milliseconds.sorted()
    let texts = [0.5, 0.99, 1].map { share in
      String(format: "%.2f", sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))])
    }
    print("\(what): \(sorted.count) times, ms p50, p99 and worst: \(texts.joined(separator: ", "))")
  }
}
