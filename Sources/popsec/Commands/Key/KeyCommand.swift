import Access
import Administration
import ArgumentParser
import Sealing
import Store

struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "The keys that Token IDs are kept under.",
    subcommands: [KeyList.self, KeyRotate.self])
}

struct KeyList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the ids of the keys in use, and the gates that know them.",
    discussion: """
      Examples:
        popsec key list
        popsec key list --json
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    try Caller.current.requireLocal("this")
    let folder = try global.location().trustedKeys
    try global.run { session in
      let records = try TokenKeyKind.allCases.flatMap { try session.keys($0, folder) }
      let gates = try session.knowingUses { try session.administration.gates() ?? [] } ?? []
      if session.isForPrograms {
        return try session.output.value(
          KeysRecord(keys: records, gates: gates.map { GateRecord(process: $0.process, knows: $0.keys) }))
      }
      try session.output.table(records)
      for gate in gates {
        try session.output.line("gate (process \(gate.process)) knows \(gate.keys.joined(separator: ", "))")
      }
    }
  }
}

extension Session {
  /// Every key of a kind that exists or that the store names.
  fileprivate func keys(_ kind: TokenKeyKind, _ folder: KeyFolder) throws -> [KeyRecord] {
    /// The id of a key; nil where there is none, or this account may not read it. A damaged key is an error.
    func readable(_ place: KeyFolder.Place) throws -> KeyID? {
      do { return try folder.keyID(kind, place) } catch SealingError.notReadable { return nil }
    }
    let counts = try administration.tokenIDCounts(kind)
    let use = try read { try $0.keyUse(kind) }
    let (present, next) = (try readable(.present), try readable(.next))
    let ids = Set(use.named + counts.keys + [present, next].compactMap { $0 })
    return ids.sorted { $0.rawValue < $1.rawValue }.map { id in
      var states: [String] = []
      if id == use.current || (use.current == nil && id == present) { states.append("in use") }
      if id == use.coming { states.append("coming") }
      if id == use.leaving { states.append("leaving") }
      if states.isEmpty, counts[id] == nil { states.append("not in use") }
      if !folder.holds(kind, id) { states.append("not to be read here") }
      return KeyRecord(kind: kind.rawValue, id: id.rawValue, tokenIds: counts[id] ?? 0, states: states)
    }
  }
}

extension GatePresence {
  fileprivate var keys: [String] { lookupKeys.map(\.rawValue).sorted() }
}

struct KeysRecord: PrintedObject {
  let keys: [KeyRecord]
  let gates: [GateRecord]

  static let columns: [Column<Self>] = [
    .data("keys") { $0.keys },
    .data("gates") { $0.gates },
  ]
}

struct KeyRecord: Record {
  let kind: String
  let id: String
  /// The number of Token IDs that are kept under the key.
  let tokenIds: Int
  let states: [String]

  static let columns: [Column<Self>] = [
    Column("kind", "Key") { $0.kind },
    Column("id", "ID") { $0.id },
    Column("tokenIds", "Token IDs") { $0.tokenIds },
    Column("states", "Is", { $0.states }) { $0.states.joined(separator: ", ") },
  ]
}

struct GateRecord: PrintedObject {
  let process: Int
  let knows: [String]

  static let columns: [Column<Self>] = [
    .data("process") { $0.process },
    .data("knows") { $0.knows },
  ]
}
