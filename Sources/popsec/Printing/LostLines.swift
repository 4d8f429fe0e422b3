import Synchronization

/// The number of lines that could not be written, until somebody can be told. Any thread may use it.
final class LostLines: Sendable {
  private let total = Atomic<Int>(0)
  private let untold = Atomic<Int>(0)

  /// The number of all lost lines so far.
  var count: Int { total.load(ordering: .relaxed) }

  func add(_ lines: Int) {
    total.add(lines, ordering: .relaxed)
    untold.add(lines, ordering: .relaxed)
  }

  /// Writes a text of whole lines. Where lines were lost since the last write, the text that `telling` makes
  /// of their number comes first. Lines that can't be written are counted.
  func write(_ text: String, telling: (Int) -> String, _ write: (String) throws -> Void) {
    let lost = untold.exchange(0, ordering: .relaxed)
    do {
      if lost > 0 { try write(telling(lost)) }
    } catch {
      untold.add(lost, ordering: .relaxed)
      return add(Self.lines(in: text))
    }
    do { try write(text) } catch { add(Self.lines(in: text)) }
  }

  static func words(_ count: Int) -> String {
    "\(count == 1 ? "1 line" : "\(count) lines") could not be written"
  }

  /// The number of lines in a text, including a last line without a line end.
  private static func lines(in text: String) -> Int {
    let ends = text.utf8.count { $0 == 0x0A }
    return text.isEmpty || text.hasSuffix("\n") ? ends : ends + 1
  }
}
