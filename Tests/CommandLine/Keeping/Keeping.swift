import Access
import Administration
import Foundation
import GRDB
import PostgresStore
import SQLiteStore
import Sealing
import Store
import Testing

/// A store with tokens whose Token IDs the test knows. The test looks at it within its own process.
struct KnownStore {
  let program: Program
  private(set) var secrets: [TokenRowID: TokenID] = [:]

  /// Makes the tokens in one transaction.
  init(_ program: Program, tokens: Int) throws {
    self.program = program
    let administration = try Self.open(program.place, keys: program.keys)
    let made = try administration.change { change in
      let account = try change.addAccount(.apiUser, name: try Name("Portal"))
      return try (0..<tokens).map { try change.addToken(to: account.id, name: try Name("token \($0)")).id }
    }
    secrets = try administration.change { change in
      try Dictionary(uniqueKeysWithValues: made.map { ($0, try change.reveal($0, for: .copy)) })
    }
  }

  /// - Parameter place: of the store, as `--store` takes it.
  static func open(_ place: String, keys: String) throws -> Administration {
    let keys = KeyFolder(path: keys)
    let store: any Store =
      PostgresAddress.isMeant(by: place)
      ? try PostgresStore.open(try PostgresAddress(place))
      : try SQLiteStore.open(StoreFolder(path: place), now: Surroundings.system.now())
    return Administration(
      store: store, ring: KeyRing(try keys.load(), folder: keys),
      operating: Operator(
        actor: Actor(name: "test", frontEnd: .commandLine), permissions: Set(Permission.allCases)))
  }

  /// Checks that every token is found by its Token ID and can be copied, that nothing is damaged, and that
  /// the audit log is whole.
  ///
  /// - Parameter copy: another store, and the folder of its keys.
  func check(
    at copy: (place: String, keys: String)? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let administration = try Self.open(copy?.place ?? program.place, keys: copy?.keys ?? program.keys)
    let owners = try administration.owners(of: secrets.map(\.value))
    #expect(owners.map { $0?.token.id } == secrets.map(\.key), sourceLocation: sourceLocation)
    #expect(try areCopied(by: administration), sourceLocation: sourceLocation)
    #expect(try administration.inspect().damages == [], sourceLocation: sourceLocation)
    #expect(try administration.verifyAudit().findings == [], sourceLocation: sourceLocation)
  }
}

extension KnownStore {
  private struct Undone: Error {}

  /// Whether every token can be copied. This is undone, because the audit log, which is verified each time,
  /// would get a row for each token.
  private func areCopied(by administration: Administration) throws -> Bool {
    var areSame = false
    do {
      try administration.change { change in
        areSame = try secrets.allSatisfy { try change.reveal($0.key, for: .copy) == $0.value }
        throw Undone()
      }
    } catch is Undone {}
    return areSame
  }
}

/// A backup with exchanged parts and corrected hashes.
struct ForgedBackup {
  private var database: [UInt8]
  private var manifest: [String: Any]

  init(_ path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let line = try #require(BackupManifest.lastLine(Array(bytes.suffix(BackupManifest.lastLineByteCount))))
    let end = bytes.count - BackupManifest.lastLineByteCount
    let data = Data(bytes[(end - line.byteCount)..<end])
    manifest = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    database = Array(bytes[..<(end - line.byteCount)])
  }

  mutating func set(_ key: String, _ value: Any) { manifest[key] = value }

  mutating func setDatabase(_ path: String) throws {
    database = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    manifest["uses"] = nil
    manifest["database"] = ["byteCount": database.count, "sha256": Self.digest(database)]
  }

  mutating func cutDatabase(by count: Int) { database.removeLast(count) }

  func write(to path: String) throws {
    let text = [UInt8](try JSONSerialization.data(withJSONObject: manifest))
    let length = String(text.count)
    let zeros = String(repeating: "0", count: 10 - length.count)
    let line = "\(BackupManifest.format) \(zeros)\(length) \(Self.digest(text))\n"
    try Data(database + text + Array(line.utf8)).write(to: URL(fileURLWithPath: path))
  }

  private static func digest(_ bytes: [UInt8]) -> String {
    var digest = FileDigest()
    bytes.withUnsafeBytes { digest.add($0) }
    return digest.digits
  }
}

extension Program {
  func path(_ name: String) -> String { home + "/" + name }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int
  }

  /// The API users that the store at this path lists.
  func apiUsers(_ store: String? = nil) throws -> Set<String> {
    let arguments = ["api-user", "list", "--json"] + (store.map { ["--store", $0] } ?? [])
    return Set(try run(arguments).object().elements.compactMap { $0["name"]?.text })
  }
}
