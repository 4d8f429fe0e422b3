import Access
import Administration
import Foundation
import Interchange

/// Decides lines as they come, and answers them in order. The lines of one read are decided on one state of
/// the store, and answered before the next read.
final class BatchCheck {
  private let session: Session
  private let checking: CheckerSession
  private var answers = VerdictLine()
  private var kept = KeptAnswers()
  private var tally = CheckTally()
  /// The bytes that were read and not yet answered. When all lines are answered, at most the beginning of a
  /// line is left.
  private var pending: [UInt8] = []
  private var lineNumber = 0
  /// Whether the rest of a line is skipped that is too long. The line was answered already.
  private var isSkipping = false

  private static let newline = UInt8(ascii: "\n")

  init(_ session: Session) {
    self.session = session
    checking = CheckerSession(session.administration)
  }

  /// Decides all lines. Errors: ``Trouble`` where the input can't be read, ``StoreError``. The lines before
  /// an error are answered.
  func run(_ input: InputFile) throws {
    do { try answerAll(input) } catch {
      // The answered checks are recorded however the run ends, even where nobody reads the answers any more.
      try? session.administration.recordChecks(tally)
      throw error
    }
    try session.administration.recordChecks(tally)
  }

  private func answerAll(_ input: InputFile) throws {
    try input.withDescriptor { descriptor in
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw input.cannotBeRead(errno) }
        if count == 0 { break }
        pending += buffer[..<count]
        try answerLines()
      }
    }
    // The last line may lack its line end.
    if !pending.isEmpty, !isSkipping { try answerLines(endingWith: Self.newline) }
  }

  private func answerLines(endingWith end: UInt8? = nil) throws {
    if let end { pending.append(end) }
    let lines = pending
    var start = 0
    try checking.check { checker in
      kept.begin(in: checking.generation)
      try lines.withUnsafeBufferPointer { bytes in
        while let end = bytes[start...].firstIndex(of: Self.newline) {
          if isSkipping { isSkipping = false } else { try answer(checker, bytes[start..<end]) }
          start = end + 1
          if answers.bytes.count >= 65_536 { try write() }
        }
      }
    }
    pending.removeFirst(start)
    if pending.count > CheckLine.maximumByteCount {
      if !isSkipping { refuse("a line has at most \(CheckLine.maximumByteCount) bytes") }
      isSkipping = true
      pending.removeAll(keepingCapacity: true)
    }
    try write()
    try session.output.flush()
  }

  private func answer(_ checker: Checker, _ line: Slice<UnsafeBufferPointer<UInt8>>) throws {
    lineNumber += 1
    tally.add(line)
    guard line.count <= CheckLine.maximumByteCount else {
      return answers.write(error: "a line has at most \(CheckLine.maximumByteCount) bytes", line: lineNumber)
    }
    do {
      let line = UnsafeBufferPointer(rebasing: line)
      if let known = kept.answer(to: line, at: checker.now) { return answers.write(again: known) }
      let verdict = try checker.check(try CheckLine.request(line))
      let start = answers.bytes.count
      answers.write(verdict)
      kept.keep(answers.bytes[start...], to: line, verdict, at: checker.now)
    } catch let error as CheckLineError {
      answers.write(error: error.description, line: lineNumber)
    } catch let error as AdministrationError {
      answers.write(error: error.message, line: lineNumber)
    }
  }

  private func refuse(_ error: String) {
    lineNumber += 1
    answers.write(error: error, line: lineNumber)
  }

  private func write() throws {
    try session.output.encoded(answers.bytes)
    answers.removeAll()
  }
}
