import Access
import Store
import Testing

@testable import Administration
@testable import popsec

@Suite("what popsec notify says beside its output")
struct NoticeReportTests {
  private static let now = Timestamp("2026-11-24T12:00:00Z") ?? .distantPast

  private static func notice(_ problem: String?) -> Notice {
    let event = NoticeEvent(
      id: "token-ends/token/1/7d", raisedKey: nil, condition: "token.ends", subject: "token/1", words: "x",
      document: "{}", at: now)
    return Notice(number: 1, event: event, raisedAt: now, nextAttemptAt: now, problem: problem)
  }

  private static func report(
    _ change: (inout NoticeSearch, inout NoticeRun) -> Void
  ) -> NoticeReport {
    var (search, run) = (NoticeSearch(), NoticeRun())
    change(&search, &run)
    return NoticeReport(search: search, run: run, now: now)
  }

  @Test("where all is delivered, nothing")
  func nothing() {
    let report = Self.report { $1.deliveredCount = 7 }
    #expect(report.notes.isEmpty && report.trouble == nil)
  }

  @Test("what was given up, what is left for the next run, and what could not be looked at")
  func notes() {
    let report = Self.report { search, _ in
      (search.givenUpCount, search.leftCount) = (1_200, 3)
      search.troubles = ["token.denials could not be looked at: x"]
    }
    #expect(
      report.notes == [
        "token.denials could not be looked at: x",
        "1,200 notices waited for too long, or were too many, and were given up",
        "the next run raises 3 more",
      ])
    #expect(report.trouble?.exitStatus == .unavailable)
  }

  @Test("what failed, when it is tried again, and how many wait behind it")
  func failed() {
    let report = Self.report { _, run in
      (run.failed, run.waitingCount) = (Self.notice("away"), 2)
      run.nextAttemptAt = Self.now.adding(seconds: 45)
    }
    #expect(report.trouble?.exitStatus == .waiting)
    #expect(report.trouble?.message == "token-ends/token/1/7d was not delivered: away")
    #expect(
      report.trouble?.hint == "2 notices wait in all; the next attempt is due at 2026-11-24T12:00:45Z")
  }

  @Test("that something rests until its time, but not that a run had no room for all")
  func waiting() {
    func report(next seconds: Int64) -> NoticeReport {
      Self.report { _, run in
        (run.waitingCount, run.nextAttemptAt) = (1, Self.now.adding(seconds: seconds))
      }
    }
    #expect(report(next: 5).trouble?.message == "1 notice could not be delivered before")
    #expect(report(next: 0).trouble == nil)
  }

  @Test("what was refused for good")
  func refused() {
    let report = Self.report { $1.refused = [Self.notice("HTTP 422")] }
    #expect(report.trouble?.exitStatus == .badData)
    #expect(report.notes == ["token-ends/token/1/7d was refused, and is given up: HTTP 422"])
  }
}
