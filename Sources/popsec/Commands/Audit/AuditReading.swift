import Access
import Administration
import ArgumentParser
import Store

struct AuditList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what was done, the latest first.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: AuditOptions

  @Option(help: "At most so many rows.")
  var limit: Int = 100

  func validate() throws {
    guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit takes 1 to 1000000") }
  }

  func run() throws {
    try global.run { session in
      let query = try options.query(now: session.administration.now)
      if session.wantsJSON {
        return try session.output.jsonArray { emit in
          try session.auditPages(query, limit: limit) { for row in $0 { try emit(AuditRowRecord(row)) } }
        }
      }
      var table = TextTable(session.output, "Row", "Time (UTC)", "User", "From", "Action", "Target")
      try session.auditPages(query, limit: limit) { rows in
        try table.add(
          rows.map { row in
            [
              String(row.sequence), row.at.minute, row.actor.name, row.origin, row.action, row.target.title,
            ]
          })
      }
    }
  }
}

struct AuditShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a row: who, by what key, from where, what was before and after.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The row's number.")
  var row: Int64

  func run() throws {
    try global.run { session in
      guard let record = try session.administration.auditRecord(row) else {
        throw Trouble(
          "the audit log has no row \(row)", hint: "popsec audit list shows them", exitStatus: .noInput)
      }
      if session.wantsJSON { return try session.output.json(AuditRowRecord(record)) }
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
    commandName: "export", abstract: "Print rows as JSON lines, the first first.",
    discussion: "That they were exported is recorded.")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var options: AuditOptions

  func run() throws {
    try global.run { session in
      let query = try options.query(now: session.administration.now)
      try session.administration.recordAuditExport()
      var position = PagePosition<Int64>.last
      while true {
        let page = try session.administration.audit(query, position, limit: maximumPageRows)
        for row in page.rows.reversed() {
          try session.output.encoded(line: JSONText.encode(AuditRowRecord(row)))
        }
        guard page.hasBefore, let first = page.rows.first else { return }
        position = .before(first.sequence)
      }
    }
  }
}

extension Session {
  /// The latest first, at most so many.
  func auditPages(_ query: AuditQuery, limit: Int, _ body: ([AuditRecord]) throws -> Void) throws {
    var position = PagePosition<Int64>.first
    var left = limit
    while left > 0 {
      let page = try administration.audit(query, position, limit: min(left, maximumPageRows))
      try body(page.rows)
      left -= page.rows.count
      guard page.hasAfter, let last = page.rows.last else { return }
      position = .after(last.sequence)
    }
  }
}
