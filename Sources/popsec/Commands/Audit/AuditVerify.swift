import Access
import Administration
import ArgumentParser
import Foundation

struct AuditVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check that nobody altered the audit log.",
    discussion: """
      It checks the chain of rows, and the signed heads that the store keeps. Whoever can write the store \
      could cut both: with --heads, lines of the system's log of another machine, that is found, too. Exit \
      status 1 where anything is found.

      Examples:
        popsec audit verify
        popsec audit verify --heads heads.log
        grep 'popsec audit head' syslog | popsec audit verify --heads -
      """)

  @OptionGroup var global: GlobalOptions

  @Option(
    help: ArgumentHelp(
      "Heads that were kept elsewhere: lines of the system's log; - for standard input.", valueName: "file"),
    completion: .file())
  var heads: String?

  func run() throws {
    Interruption.begin()
    var isWhole = true
    let sent = try heads.map(SentAuditHead.read)
    try global.run { session in
      let found = try session.withCount("verifying") {
        try session.administration.verifyAudit(against: sent, progress: $0)
      }
      // The result must not read as if heads had been compared and agreed.
      if found.comparedHeadCount == 0 {
        throw Trouble(
          "none of the heads given is of this audit log",
          hint: "they name its key: \(session.administration.auditKeyID ?? "")", exitStatus: .badData)
      }
      isWhole = found.isWhole
      let words = AuditVerificationWords(found, keyID: session.administration.auditKeyID)
      if session.isForPrograms { return try session.output.value(AuditVerificationRecord(found, words)) }
      for line in words.lines { try session.output.line(line) }
    }
    if !isWhole { throw ExitCode(ExitStatus.denied.rawValue) }
  }
}

struct AuditVerificationRecord: PrintedObject {
  let whole: Bool
  let rows: Int
  let last: Int64?
  let signedUpTo: Int64?
  let comparedHeads: Int?
  /// The last head, where the system's log did not receive it.
  let notSent: Int64?
  let findings: [String]
  /// Rows with an earlier time than the row before, and gaps of more than a day. Only the latest of each are
  /// told.
  let timesBackwards: [TimeStepRecord]
  let gaps: [TimeStepRecord]
  let notKnown: [String]

  static let columns: [Column<Self>] = [
    .data("whole") { $0.whole },
    .data("rows") { $0.rows },
    .data("last") { $0.last },
    .data("signedUpTo") { $0.signedUpTo },
    .data("comparedHeads") { $0.comparedHeads },
    .data("notSent") { $0.notSent },
    .data("findings") { $0.findings },
    .data("timesBackwards") { $0.timesBackwards },
    .data("gaps") { $0.gaps },
    .data("notKnown") { $0.notKnown },
  ]

  init(_ found: AuditVerification, _ words: AuditVerificationWords) {
    whole = found.isWhole
    rows = found.rowCount
    last = found.last?.sequence
    signedUpTo = found.signedUpTo
    comparedHeads = found.comparedHeadCount
    notSent = found.unsentHead
    findings = found.findings.map(\.text)
    timesBackwards = found.times.backward.map(TimeStepRecord.init)
    gaps = found.times.gaps.map(TimeStepRecord.init)
    notKnown = words.unknown
  }
}

/// A row whose time does not follow from the time of the row before, as JSON.
struct TimeStepRecord: PrintedObject {
  let row: Int64
  let time: Instant
  let previousRow: Int64
  let previousTime: Instant

  static let columns: [Column<Self>] = [
    .data("row") { $0.row },
    .data("time") { $0.time },
    .data("previousRow") { $0.previousRow },
    .data("previousTime") { $0.previousTime },
  ]

  init(_ step: AuditTimes.Step) {
    row = step.row
    time = step.at.printed
    previousRow = step.previousRow
    previousTime = step.previousAt.printed
  }
}
