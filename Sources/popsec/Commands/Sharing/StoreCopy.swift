import Access
import Administration
import ArgumentParser
import Foundation
import SQLStore
import Sealing
import Store

/// Takes a store from one engine to the other, or to another place of the same one.
struct StoreCopy: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy", abstract: "Copy a store to another place, or into a PostgreSQL database.",
    discussion: """
      FROM and TO are folders, or addresses of PostgreSQL databases, as --store takes them. One state of FROM is \
      copied, while others go on with it; TO must be empty. Every row is then read back and compared, the audit log \
      of the copy is verified, and every Token ID is looked for by its hash. Only then TO becomes a store. What FROM \
      is told afterwards is not in TO: stop the gates and let nobody change anything until they use TO.

      Where the copy is interrupted, every popsec refuses TO, and the same command goes on where it stopped. Where \
      FROM has changed since, the copy begins anew. To give up, remove TO's files with names that end in .copying, or \
      the database's schemas popsec_copy and popsec_gate_copy.

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
    try administration.requireAdministrator(to: "copy the store")
    let copied = try copy(source.place, administration, to: target)
    let output = global.standardOutput
    let record = StoreCopyRecord(
      from: source.text, to: target.text, keys: keys, auditRows: copied.auditRows,
      tokenIDs: copied.search.found, openedTokenIDs: copied.search.opened)
    if global.isForPrograms {
      try output.value(record)
    } else {
      try output.line(
        output.shown(
          "copied the store to \(target.text), with \(record.auditRows) rows of its audit log, and compared every row"
        ))
      try output.line(record.foundTokenIDs)
      try output.line(output.shown("its keys are in \(keys): name them with --keys or POPSEC_KEYS"))
    }
    try output.flush()
  }

  private func copy(
    _ source: StoreLocation.Place, _ administration: Administration, to target: StoreLocation.Place
  ) throws -> CopyCheck {
    let unfinished = "the copy into \(target.text) has not ended, and the same command goes on with it"
    var (check, isBegun) = (CopyCheck(), false)
    let bar = StagedBar()
    defer { bar.finish() }
    func become() {
      isBegun = true
      Interruption.begin(saying: "interrupted; " + unfinished)
    }
    let watch = CopyWatch(
      begin: {
        try administration.change { change in
          try change.requireAdministrator(to: "copy the store")
          try change.recordStore("copy", AuditDetails("to", after: target.text))
        }
        become()
      },
      tell: { news in
        bar.finish()
        switch news {
        case .goesOn:
          become()
          Asking.say("note: going on with the copy that was interrupted")
        case .beginsAnew:
          Asking.say("note: \(from) has changed since the copy was interrupted, so that it begins anew")
        }
      },
      progress: { bar.tell($0.label, $1, of: $2) },
      check: { check = try CopyCheck(of: $0, by: administration, bar) },
      settle: { Interruption.settle() })
    do {
      try Engine.copy(
        from: source, to: target, allowsLooseRights: global.place.allowLooseRights, watch,
        now: Surroundings.system.now())
      return check
    } catch let error as any Complaint where isBegun && !(error is Trouble) {
      throw Trouble(error.message, hint: unfinished, exitStatus: error.exitStatus)
    }
  }
}

/// What was found in a copy, beside that its rows are those of its source.
private struct CopyCheck {
  var auditRows = 0
  var search = TokenIDSearch()

  init() {}

  /// Errors: ``Trouble`` where the copy can't be believed.
  init(of reader: any StoreReader, by administration: Administration, _ bar: StagedBar) throws {
    let log = try administration.verification(in: reader, against: nil) {
      bar.tell("checking the audit log", $0, of: nil)
    }
    guard log.isWhole else {
      throw Trouble(
        "the audit log of the copy is not whole: \(log.findings.first?.text ?? "unknown")",
        hint: "popsec audit verify, for the store that was copied", exitStatus: .badData)
    }
    auditRows = Int(log.rowCount)
    search = try administration.findTokenIDs(in: reader) { bar.tell("finding Token IDs", $0, of: nil) }
    guard search.lost == 0 else {
      throw Trouble(
        "\(search.lost.grouped) Token IDs of the copy are not found by their hashes",
        hint: "popsec doctor, for the store that was copied", exitStatus: .badData)
    }
  }
}

/// The progress of a task that has several stages, each with a bar of its own.
private final class StagedBar {
  private var present: (label: String, bar: ProgressBar)?

  func tell(_ label: String, _ done: Int, of total: Int?) {
    if present?.label != label {
      finish()
      present = (label, ProgressBar(label))
    }
    present?.bar.tell(done, of: total)
  }

  func finish() {
    present?.bar.finish()
    present = nil
  }
}

extension StoreCopier.Stage {
  fileprivate var label: String {
    switch self {
    case .rows: "copying"
    case .indexes: "making indexes"
    case .comparing: "comparing"
    }
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
  /// The number of Token IDs that were found by their hashes, and of those of them that were opened and hashed anew.
  let tokenIDs: Int
  let openedTokenIDs: Int

  static let columns: [Column<Self>] = [
    .data("from") { $0.from },
    .data("to") { $0.to },
    .data("keys") { $0.keys },
    .data("auditRows") { $0.auditRows },
    .data("tokenIDs") { $0.tokenIDs },
    .data("openedTokenIDs") { $0.openedTokenIDs },
  ]

  var foundTokenIDs: String {
    let all = "found \(tokenIDs.grouped) Token IDs by their hashes"
    if tokenIDs == openedTokenIDs { return all }
    return all
      + ", \((tokenIDs - openedTokenIDs).grouped) of them by hashes that the store keeps, for lack of the seal key"
  }
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
