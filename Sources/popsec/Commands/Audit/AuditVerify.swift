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

struct AuditVerificationRecord: Encodable {
  let whole: Bool
  let rows: Int
  let last: Nullable<Int64>
  let signedUpTo: Nullable<Int64>
  let comparedHeads: Nullable<Int>
  /// The last head, where the system's log did not receive it.
  let notSent: Nullable<Int64>
  let findings: [String]
  /// Rows with an earlier time than the row before, and gaps of more than a day. Only the latest of each are
  /// told.
  let timesBackwards: [TimeStepRecord]
  let gaps: [TimeStepRecord]
  let notKnown: [String]

  init(_ found: AuditVerification, _ words: AuditVerificationWords) {
    whole = found.isWhole
    rows = found.rowCount
    last = Nullable(found.last?.sequence)
    signedUpTo = Nullable(found.signedUpTo)
    comparedHeads = Nullable(found.comparedHeadCount)
    notSent = Nullable(found.unsentHead)
    findings = found.findings.map(\.text)
    timesBackwards = found.times.backward.map(TimeStepRecord.init)
    gaps = found.times.gaps.map(TimeStepRecord.init)
    notKnown = words.unknown
  }
}

/// A row whose time does not follow from the time of the row before, as JSON.
struct TimeStepRecord: Encodable {
  let row: Int64
  let time: String
  let previousRow: Int64
  let previousTime: String

  init(_ step: AuditTimes.Step) {
    row = step.row
    time = step.at.description
    previousRow = step.previousRow
    previousTime = step.previousAt.description
  }
}
