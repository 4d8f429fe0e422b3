import Access
import Administration
import Store

/// A notice that was handed over, or that waits.
struct NoticeRecord: Record {
  let notice: Notice

  static let columns: [Column<Self>] = [
    .data("id") { $0.notice.event.id },
    Column("raised", "Raised (UTC)", { $0.notice.raisedAt.printed }) { $0.notice.raisedAt.minute },
    Column("type", "Type", { NoticeCondition.eventType(of: $0.notice.event.condition) }) {
      $0.notice.event.condition
    },
    .data("subject") { $0.notice.event.subject },
    .data("time") { $0.notice.event.at.printed },
    Column("state", "State", { Word($0.notice.state) }) { $0.notice.stateWords },
    Column("attempts", "Attempts", alignsRight: true) { $0.notice.attemptCount },
    .data("nextAttempt") { $0.notice.state == .waiting ? $0.notice.nextAttemptAt.printed : nil },
    .data("settled") { $0.notice.settledAt?.printed },
    .data("problem") { $0.notice.problem },
    Column("text", "What") { $0.notice.event.words },
  ]
}
