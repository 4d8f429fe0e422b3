import Access
import Administration

/// A law as a list shows it.
struct LawRecord: Record {
  let law: Law<AsWritten>

  struct Exception: PrintedObject {
    let apiUser: String
    let until: Timestamp

    static let columns: [Column<Self>] = [
      .data("apiUser") { $0.apiUser },
      .data("until") { $0.until.printed },
    ]
  }

  init(_ law: Law<AsWritten>) { self.law = law }

  var exceptions: [Exception] {
    law.exceptions.sorted { $0.key.text < $1.key.text }.map {
      Exception(apiUser: $0.key.text, until: $0.value)
    }
  }

  static let columns: [Column<Self>] = [
    Column("name", "Name") { $0.law.name.text },
    Column("mode", "Mode") { Word($0.law.mode) },
    Column("form", "Form") { LawWords($0.law).form },
    Column("rule", "Says") { LawWords($0.law).rule },
    Column("exceptions", "Except", { $0.exceptions }) { LawWords($0.law).exceptions },
    Column("reason", "Reason") { $0.law.reason.text },
  ]
}

/// A law, with how often it is broken.
struct CheckedLawRecord: Record {
  let entry: LawSurvey.Entry

  static let columns: [Column<Self>] =
    LawRecord.columns.map { $0.of { LawRecord($0.entry.law) } } + [
      Column("breaches", "State", { $0.entry.count }) {
        $0.entry.isBroken ? "broken: \($0.entry.count)" : "holds"
      }
    ]
}

/// A breach of a law.
struct LawBreachRecord: Record {
  let breach: ToldBreach

  static let columns: [Column<Self>] = [
    Column("law", "Law") { $0.breach.law.name.text },
    Column("mode", "Mode") { Word($0.breach.law.mode) },
    Column("breaker", "Who breaks it") { $0.breach.breaker },
    Column("at", "From (UTC)", { $0.breach.at.printed }) { $0.breach.at.minute },
    Column("counterexample", "How") { $0.breach.consequence.counterexample },
    .data("commands") { $0.breach.consequence.commandLines },
  ]
}

extension LawConsequence {
  /// The commands that show it, each as a person types it in a shell.
  var commandLines: [String] { commands.map(ShellWords.joined) }
}

/// What a law says, and what it means for one user or API user.
struct LawExplanationRecord: Record {
  let meaning: LawMeaning
  let verdict: LawVerdict?

  private var law: LawRecord { LawRecord(meaning.law) }

  static let columns: [Column<Self>] =
    LawRecord.columns.map { $0.of { $0.law } } + [
      .data("apiUsers") { $0.meaning.apiUsers },
      .data("users") { $0.meaning.users },
      .shown("Means now") { $0.means },
      .data("exempt") { $0.meaning.exempt },
      .shown("Exempt") { $0.meaning.exempt.isEmpty ? nil : $0.exempt },
      .data("remarks") { $0.meaning.remarks },
      .data("unknownNames") { $0.meaning.unknown },
      .dataIfAny("verdict") { $0.verdict.map(Verdict.init) },
    ]

  private var means: String {
    [(meaning.apiUsers, "API user"), (meaning.users, "user")].compactMap { count, noun in
      count.map { $0 == 1 ? "1 \(noun)" : "\($0.grouped) \(noun)s" }
    }.joined(separator: ", ")
  }

  private var exempt: String {
    let dots = meaning.exempt.count < LawMeaning.mostExempt ? "" : " and maybe more"
    return "users with the role Administrator: \(meaning.exempt.joined(separator: ", "))\(dots)"
  }

  /// What people are told below the fields.
  var lines: [String] {
    let remarks = meaning.remarks + meaning.unknown.map { "nothing so far is the \($0)" }
    return remarks.map { "note: \($0)" } + (verdict.map { [""] + Verdict(verdict: $0).lines } ?? [])
  }

  /// What the law means for one of them.
  struct Verdict: PrintedObject {
    let verdict: LawVerdict

    enum State: String, CaseIterable { case notMeant, holds, excepted, broken }

    static let columns: [Column<Self>] = [
      .data("kind") { Word($0.verdict.account.kind) },
      .data("name") { $0.verdict.account.name.text },
      .data("state") { Word($0.state) },
      .data("exceptedUntil") { $0.verdict.exceptedUntil?.printed },
      .data("exempt") { $0.verdict.isExempt },
      .data("reason") { $0.reason },
      .data("commands") { $0.commands },
    ]

    var state: State {
      switch verdict.standing {
      case .notMeant: .notMeant
      case .holds: .holds
      case .excused: .excepted
      case .broken: .broken
      }
    }

    private var reason: String {
      switch verdict.standing {
      case .notMeant: "the law does not mean it"
      case .holds(let reason): reason
      case .excused(let breach), .broken(let breach): breach.consequence.counterexample
      }
    }

    private var commands: [String] {
      switch verdict.standing {
      case .notMeant, .holds: []
      case .excused(let breach), .broken(let breach): breach.consequence.commandLines
      }
    }

    /// Where two things break the law together: each with the command that shows it. Nil where it is one.
    private var pairs: [String]? {
      switch verdict.standing {
      case .excused(let breach), .broken(let breach):
        guard breach.things.count == 2, commands.count == 2 else { return nil }
        return zip(breach.things, commands).flatMap { ["- \($0)", "  \($1)"] }
      case .notMeant, .holds: return nil
      }
    }

    var lines: [String] {
      let name = "\(verdict.account.kind.title) \(quoted(verdict.account.name.text))"
      let reason = pairs == nil ? self.reason : "the \(name) can see both of these"
      let head =
        switch state {
        case .notMeant: "the law does not mean the \(name)"
        case .holds: "the law holds for the \(name): \(reason)"
        case .excepted: "the law holds for the \(name) only because it is excepted; otherwise: \(reason)"
        case .broken: "broken: \(reason)"
        }
      var lines = [head]
      if let until = verdict.exceptedUntil { lines.append("it is excepted until \(until)") }
      return lines + (pairs ?? commands.map { "  \($0)" })
    }
  }
}
