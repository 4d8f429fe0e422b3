import Access
import Administration
import ArgumentParser
import Store

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "The audit log: who did what, and whether anybody altered it.",
    subcommands: [
      AuditList.self, AuditShow.self, AuditVerify.self, AuditExport.self, AuditArchive.self, AuditSign.self,
    ])
}

struct AuditList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what was done, the latest first.",
    discussion: """
      Examples:
        popsec audit list --limit 20
        popsec audit list --who Ada --what token.copy --since 2026-11-01
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: AuditOptions

  @Option(help: "The greatest number of rows.")
  var limit: Int = 100

  func validate() throws {
    guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit takes 1 to 1000000") }
  }

  func run() throws {
    try global.run { session in
      let query = try options.query(now: session.administration.now)
      try session.list { page in
        try session.auditPages(query, limit: limit) { try page($0.map(AuditRowRecord.init)) }
      }
    }
  }
}

struct AuditShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a row: who did what, from where, and the values before and after.",
    discussion: """
      Examples:
        popsec audit show 42
        popsec audit show 42 --json
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The row's number.")
  var row: Int64

  func run() throws {
    try global.run { session in
      guard let record = try session.administration.auditRecord(row) else {
        throw Trouble(
          "the audit log has no row \(row)", hint: "popsec audit list shows them", exitStatus: .noInput)
      }
      if session.isForPrograms { return try session.output.value(AuditRowRecord(row: record)) }
      try session.output.fields(record.facts)
      for field in record.fields {
        try session.output.line()
        try session.output.line(session.output.shown(field.name))
        if let before = field.before { try session.output.line("  - " + session.output.shown(before)) }
        if let after = field.after { try session.output.line("  + " + session.output.shown(after)) }
      }
    }
  }
}

struct AuditExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print rows as JSON lines, the earliest first.",
    discussion: """
      The export is recorded in the audit log.

      Examples:
        popsec audit export > audit.jsonl
        popsec audit export --since 2026-11-01 --until 2026-12-01
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: AuditOptions

  func run() throws {
    try global.run { session in
      let query = try options.query(now: session.administration.now)
      try session.administration.recordAuditExport()
      var writer = try RecordWriter<AuditRowRecord>(session.output, PrintOptions(format: .jsonl))
      var paging = Paging(backwardsBy: \AuditRecord.sequence)
      while let rows = try paging.next({
        try session.administration.audit(query, $0, limit: maximumPageRows)
      }) { try writer.add(rows.reversed().map(AuditRowRecord.init)) }
      try writer.finish()
    }
  }
}

extension Session {
  /// Reads the rows that match, the latest first, up to the limit.
  fileprivate func auditPages(_ query: AuditQuery, limit: Int, _ body: ([AuditRecord]) throws -> Void) throws
  {
    var paging = Paging(by: \AuditRecord.sequence)
    var left = limit
    while left > 0,
      let rows = try paging.next({ try administration.audit(query, $0, limit: min(left, maximumPageRows)) })
    {
      try body(rows)
      left -= rows.count
    }
  }
}
