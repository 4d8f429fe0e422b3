import Access
import Administration
import ArgumentParser
import Foundation
import Sealing

struct AuditArchive: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive", abstract: "Take old rows out of the audit log, behind a signed checkpoint.",
    discussion: """
      The rows are written to a new file as JSON lines first, and only then go. The rest stays verifiable \
      behind the checkpoint. It takes the owner's signing key.

      Examples:
        popsec audit archive --before 2026-01-01 --output audit-2025.jsonl
        popsec audit archive --before 2026-01-01 --output audit-2025.jsonl --yes
      """)

  @OptionGroup var global: GlobalOptions

  @Option(
    help: ArgumentHelp("Archive rows from before this time: 365d, or a date.", valueName: "when"),
    completion: .names(.earlierTimes))
  var before: String

  @Option(
    help: ArgumentHelp("A new file for the rows, for your account alone.", valueName: "file"),
    completion: .file())
  var output: String

  @Flag(help: "Don't ask.")
  var yes = false

  func run() throws {
    try Caller.current.requireLocal("archiving")
    try global.run { session in
      guard let time = try PastTime.time(before, now: session.administration.now) else { return }
      if !yes {
        guard Asking.canAsk, Asking.yes("take the audit log's rows from before \(time) out of it?") else {
          throw Trouble(
            "nothing was changed", hint: "add --yes where there is no terminal", exitStatus: .usage)
        }
      }
      var count = 0
      var text = ""
      let head = try NewFile.write(to: output) { file in
        try session.administration.archiveAudit(before: time) { records in
          var writer = try RecordWriter<AuditRowRecord>(file, PrintOptions(format: .jsonl))
          try writer.add(records.map(AuditRowRecord.init))
          try writer.finish()
          try file.flush()
          count += records.count
        }
      }
      text = "took \(count) rows up to row \(head.sequence) out of the audit log, into \(excerpt(output))"
      try session.tell(ArchiveRecord(rows: count, upTo: head.sequence, hash: hex(head.hash)), text)
    }
  }
}

struct ArchiveRecord: PrintedObject {
  let rows: Int
  let upTo: Int64
  let hash: String

  static let columns: [Column<Self>] = [
    .data("rows") { $0.rows },
    .data("upTo") { $0.upTo },
    .data("hash") { $0.hash },
  ]
}

struct AuditSign: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Sign the end of the audit log now.",
    discussion: """
      Makes the signing key where the store was made before there was one. For the store's owner.

      Examples:
        popsec audit sign
        popsec audit sign --json
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    try Caller.current.requireLocal("signing")
    let location = try global.location()
    let keys = location.trustedKeys
    if access(keys.file(.audit), F_OK) != 0 {
      _ = try keys.addAuditKeys(sharedWith: Engine.sharingGroup(location))
    }
    try global.run { session in
      try session.administration.recordSigning()
      try session.tell(
        AuditSigningRecord(key: session.administration.auditKeyID ?? ""),
        "signed with key \(session.administration.auditKeyID ?? "")")
    }
  }
}

/// A signing of the audit log.
struct AuditSigningRecord: PrintedObject {
  let key: String

  static let columns: [Column<Self>] = [.data("key") { $0.key }]
}
