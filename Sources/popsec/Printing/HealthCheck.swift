import Access

/// A result of a check, and what to do about it.
struct HealthCheck: Record {
  enum Verdict: String, CaseIterable, Sendable {
    case good, note, warning, bad
  }

  let subject: String
  let verdict: Verdict
  let text: String
  /// What a person can do about the problem.
  let advice: String?

  static let columns: [Column<Self>] = [
    .data("subject") { $0.subject },
    .data("verdict") { Word($0.verdict) },
    .data("text") { $0.text },
    .dataIfAny("advice") { $0.advice },
  ]

  static func good(_ subject: String, _ text: String) -> HealthCheck {
    HealthCheck(subject: subject, verdict: .good, text: text, advice: nil)
  }

  static func note(_ subject: String, _ text: String, _ advice: String? = nil) -> HealthCheck {
    HealthCheck(subject: subject, verdict: .note, text: text, advice: advice)
  }

  /// Something is or was wrong, and can't be repaired any more, or leaves the store without a guard.
  static func warning(_ subject: String, _ text: String, _ advice: String?) -> HealthCheck {
    HealthCheck(subject: subject, verdict: .warning, text: text, advice: advice)
  }

  static func bad(_ subject: String, _ text: String, _ advice: String?) -> HealthCheck {
    HealthCheck(subject: subject, verdict: .bad, text: text, advice: advice)
  }
}

extension Output {
  /// Prints each check: for people in one line, with the advice below.
  func checks(_ checks: [HealthCheck]) throws {
    if options.format.isForPrograms || options.columns != nil { return try list(checks) }
    let width = checks.map(\.subject.count).max() ?? 0
    for check in checks {
      let mark =
        [HealthCheck.Verdict.good: "ok  ", .note: "note", .warning: "WARN", .bad: "BAD "][check.verdict] ?? ""
      let subject = check.subject + String(repeating: " ", count: width - check.subject.count)
      try line("\(mark)  \(subject)  \(shown(check.text))")
      if let advice = check.advice {
        try line(String(repeating: " ", count: 6 + width + 2) + "-> " + shown(advice))
      }
    }
  }
}
