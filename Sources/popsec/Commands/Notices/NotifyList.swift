import Access
import Administration
import ArgumentParser
import Store

struct NotifyList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what was raised and what became of it, the latest first.",
    discussion: """
      What was delivered or given up more than 60 days ago is no longer kept.

      Examples:
        popsec notify list --limit 20
        popsec notify list --waiting --json
      """)

  @OptionGroup var global: GlobalOptions

  @Option(help: "At most so many.")
  var limit = 100

  @Flag(help: "Those alone that wait.")
  var waiting = false

  func validate() throws {
    guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit takes 1 to 1000000") }
  }

  func run() throws {
    try global.run { session in
      var left = limit
      var before: Int64?
      if !session.isForPrograms, try session.administration.notices(before: nil, limit: 1).isEmpty {
        return try session.output.line("nothing was raised, as far as it is kept")
      }
      try session.list { page in
        while left > 0 {
          let notices = try session.administration.notices(before: before, limit: maximumPageRows)
          guard let last = notices.last else { return }
          before = last.number
          let shown = notices.filter { !waiting || $0.state == .waiting }.prefix(left)
          left -= shown.count
          try page(shown.map(NoticeRecord.init))
        }
      }
    }
  }
}
