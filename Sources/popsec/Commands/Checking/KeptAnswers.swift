import Access
import Administration
import Store

/// The answers to lines of the batch check that may be asked again, for one state of the store.
///
/// A line is the key as it stands. An answer is kept with the time during which nothing about the line can change.
struct KeptAnswers {
  private struct Line: Hashable {
    let bytes: [UInt8]

    // An array would give its bytes to the hasher one by one.
    func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
  }

  private struct Answer {
    let bytes: [UInt8]
    let from: Timestamp
    let until: Timestamp?
  }

  /// The most lines, and the most bytes of each: some 8 MB together with the answers.
  private static let most = 8_192
  private static let mostBytes = 512

  private var answers: [Line: Answer] = [:]
  private var generation: Generation?

  /// Forgets all answers of another state.
  mutating func begin(in generation: Generation?) {
    if generation != self.generation { answers.removeAll(keepingCapacity: true) }
    self.generation = generation
  }

  func answer(to line: UnsafeBufferPointer<UInt8>, at now: Timestamp) -> [UInt8]? {
    guard line.count <= Self.mostBytes, let known = answers[Line(bytes: Array(line))], known.from <= now,
      known.until.map({ now < $0 }) ?? true
    else { return nil }
    return known.bytes
  }

  /// Keeps the answer to a line, where nothing but the state and the time can change it.
  mutating func keep(
    _ bytes: ArraySlice<UInt8>, to line: UnsafeBufferPointer<UInt8>, _ verdict: Verdict, at now: Timestamp
  ) {
    guard line.count <= Self.mostBytes, bytes.count <= Self.mostBytes * 2, !verdict.restsOnUses else {
      return
    }
    // Lines that come again come soon, so there is no need to find out which ones those are.
    if answers.count >= Self.most { answers.removeAll(keepingCapacity: true) }
    answers[Line(bytes: Array(line))] = Answer(bytes: Array(bytes), from: now, until: verdict.sameUntil)
  }
}
