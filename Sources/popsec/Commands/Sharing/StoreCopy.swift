import Access
import Administration
import ArgumentParser
import Foundation
import Sealing

/// Takes a store from one engine to the other, or to another place of the same one.
struct StoreCopy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy", abstract: "Copy a store to another place, or into a PostgreSQL database.",
    discussion: """
      FROM and TO are folders, or addresses of PostgreSQL databases, as --store takes them. One state of FROM is \
      copied, while others go on with it; TO must be empty, and gets the whole store or nothing. Every row is then \
      read back from both and compared, and the audit log of the copy is verified. What FROM is told afterwards is \
      not in TO: stop the gates and let nobody change anything until they use TO.

      The copy has the id and the keys of the store. Keys that lie in FROM's folder are not copied: name them with \
      --keys or POPSEC_KEYS wherever TO is used.

      Examples:
        popsec store copy /var/lib/popsec 'postgresql://popsec@db1,db2/popsec?target_session_attrs=read-write'
        popsec store copy 'postgresql://popsec@db1/popsec' /srv/popsec --keys /etc/popsec/keys
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The store.", completion: .directory)
  var from: String

  @Argument(help: "Where it is to be copied to.", completion: .directory)
  var to: String

  func run() throws {
    try Caller.current.requireLocal("this")
    Interruption.begin(saying: "interrupted; nothing was copied")
    let (source, keys) = try StoreCopying.source(from, global)
    let target = try StoreCopying.place(to)
    let administration = try source.open()
    try administration.change { change in
      try change.requireAdministrator(to: "copy the store")
      try change.recordStore("copy", AuditDetails("to", after: target.text))
    }
    let now = Surroundings.system.now()
    let bar = ProgressBar("copying")
    defer { bar.finish() }
    try Engine.copy(from: source.place, to: target, now: now) { bar.tell($0, of: $1) }
    bar.finish()
    Interruption.settle()
    if let difference = try StoreCopying.difference(source.place, target) {
      throw Trouble(
        "the copy is not what was copied: \(difference)",
        hint: "FROM was changed meanwhile, or TO was: remove what is in TO, and copy again",
        exitStatus: .inputOutput)
    }
    let copied = try StoreLocation(
      store: to, keys: keys, allowsLooseRights: global.place.allowLooseRights,
      environment: Caller.current.environment
    ).open()
    let found = try copied.verifyAudit { _ in }
    guard found.isWhole else {
      throw Trouble(
        "the audit log of the copy is not whole: \(found.findings.first?.text ?? "unknown")",
        hint: "popsec audit verify, for the store that was copied", exitStatus: .badData)
    }
    let output = global.standardOutput
    let record = StoreCopyRecord(
      from: source.text, to: target.text, keys: keys, auditRows: Int(found.rowCount))
    if global.isForPrograms {
      try output.value(record)
    } else {
      try output.line(
        output.shown(
          "copied the store to \(target.text), with \(record.auditRows) rows of its audit log, and compared every row"
        ))
      try output.line(output.shown("its keys are in \(keys): name them with --keys or POPSEC_KEYS"))
    }
    try output.flush()
  }
}

/// Compares two stores row by row.
struct StoreCompare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Tell whether two stores hold the same.",
    discussion: """
      Every row of one state of A is compared with B, but for what gates record. Exits with 0 where all are the same, \
      and with 1 where one differs; the table of the first one is told.

      Examples:
        popsec store compare /var/lib/popsec 'postgresql://popsec@db1/popsec'
        popsec store compare /var/lib/popsec /srv/restored --json
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "A store.", completion: .directory)
  var a: String

  @Argument(help: "Another store.", completion: .directory)
  var b: String

  func run() throws {
    try Caller.current.requireLocal("this")
    let (source, _) = try StoreCopying.source(a, global)
    let administration = try source.open()
    try administration.change { try $0.requireAdministrator(to: "compare the store") }
    let target = try StoreCopying.place(b)
    let difference = try StoreCopying.difference(source.place, target)
    let output = global.standardOutput
    if global.isForPrograms {
      try output.value(StoreComparison(a: source.text, b: target.text, difference: difference))
    } else {
      try output.line(output.shown(difference.map { "they differ: \($0)" } ?? "both hold the same"))
    }
    try output.flush()
    if difference != nil { throw ExitCode(ExitStatus.denied.rawValue) }
  }
}

private enum StoreCopying {
  /// The store that is read, and the folder of its keys.
  static func source(_ text: String, _ global: GlobalOptions) throws(Trouble) -> (StoreLocation, keys: String)
  {
    let location = try StoreLocation(
      store: text, keys: global.place.keys, allowsLooseRights: global.place.allowLooseRights,
      environment: Caller.current.environment)
    return (location, location.keys.path)
  }

  static func place(_ text: String) throws(Trouble) -> StoreLocation.Place {
    try StoreLocation.Place(text, Caller.current.environment)
  }

  static func difference(_ one: StoreLocation.Place, _ other: StoreLocation.Place) throws -> String? {
    let bar = ProgressBar("comparing")
    defer { bar.finish() }
    return try Engine.difference(one, other, now: Surroundings.system.now()) { bar.tell($0, of: $1) }
  }
}

struct StoreCopyRecord: PrintedObject {
  let from: String
  let to: String
  /// The folder of the keys.
  let keys: String
  let auditRows: Int

  static let columns: [Column<Self>] = [
    .data("from") { $0.from },
    .data("to") { $0.to },
    .data("keys") { $0.keys },
    .data("auditRows") { $0.auditRows },
  ]
}

struct StoreComparison: PrintedObject {
  let a: String
  let b: String
  /// The first difference; nil where both hold the same.
  let difference: String?

  static let columns: [Column<Self>] = [
    .data("a") { $0.a },
    .data("b") { $0.b },
    .data("difference") { $0.difference },
  ]
}
