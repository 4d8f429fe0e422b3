import Access
import Foundation
import PostgresStore
import SQLiteStore
import Store
import TestSupport
import Testing

/// A fresh store in a folder of its own, and everybody who works with it.
final class TestStore {
  let folder: URL
  private(set) var people: [Person] = []
  /// What commands printed that are not for revealing.
  private var printed: [String] = []

  static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("popsec").path

  /// The words before each command, where commands run on another host of the test's.
  var commandPrefix: [String] = []

  fileprivate init(database: String?) throws {
    self.database = database
    var template = Array((NSTemporaryDirectory() + "/popsec-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure("no temporary folder") }
    let end = template.firstIndex(of: 0) ?? template.endIndex
    let path = String(decoding: template[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    folder = URL(fileURLWithPath: path, isDirectory: true)
  }

  /// Whether other accounts come through the folder; what is in it has its own rights.
  var isOpenToOthers = false { didSet { chmod(folder.path, isOpenToOthers ? 0o755 : 0o700) } }

  var path: String { folder.appendingPathComponent("store").path }

  /// The address of the database that has the store; nil for a store in its folder.
  private let database: String?

  /// The name of the database on the tests' own server.
  var databaseName: String { PostgresServer.name(place) }

  /// Opens the store within the test's own process.
  func open(now: Timestamp) throws -> any Store {
    try database.map { try PostgresStore.open(try PostgresAddress($0)) }
      ?? SQLiteStore.open(StoreFolder(path: path), now: now)
  }

  /// Where the folder of the keys is.
  var keys: String { database == nil ? path + "/keys" : folder.path + "/keys" }

  /// Where the store is, as `--store` takes it.
  var place: String { database ?? path }

  /// The whole environment of a program that runs here.
  var environment: [String: String] {
    [
      "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      "HOME": folder.path, "XDG_STATE_HOME": folder.path + "/state", "XDG_DATA_HOME": folder.path + "/data",
      "LANG": "C.UTF-8", "POPSEC_STORE": place, "SHELL": "/bin/sh",
    ].merging(Self.inherited) { $1 }
      .merging(database == nil ? [:] : ["POPSEC_KEYS": folder.path + "/keys"]) { $1 }
  }

  /// Where the program finds Swift's libraries, and where it writes coverage.
  private static var inherited: [String: String] {
    ProcessInfo.processInfo.environment.filter { ["LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"].contains($0.key) }
  }

  /// Somebody before a terminal of that kind, on which a command runs; `popsec` if none is given.
  func person(
    _ command: [String]? = nil, term: String = "xterm-256color", columns: Int = 80, rows: Int = 24,
    adding variables: [String: String] = [:]
  ) throws -> Person {
    let person = try Person(
      command ?? [Self.program],
      environment: environment.merging(["TERM": term]) { $1 }.merging(variables) { $1 },
      columns: columns, rows: rows)
    people.append(person)
    return person
  }

  /// Writes a file into the folder.
  func file(_ name: String, _ text: String) throws -> String {
    let url = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: url)
    return url.path
  }
}

extension TestStore {
  /// Makes a folder for its owner alone.
  func privateFolder(_ name: String) throws -> String {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    return url.path
  }
}

// MARK: - the command line

extension TestStore {
  struct Printed {
    let status: Int32
    let output: String
    let errors: String
  }

  /// Starts `popsec` with arguments; what it prints is kept in files until ``Running/finish()``.
  func start(
    _ arguments: [String], input: String = "", adding variables: [String: String] = [:]
  ) throws -> Running {
    let words = commandPrefix + [Self.program] + arguments
    return try Running(
      words[0], Array(words.dropFirst()), input: input, environment: environment.merging(variables) { $1 },
      file: folder.appendingPathComponent("out-" + UUID().uuidString))
  }

  /// Runs `popsec` with arguments.
  @discardableResult
  func popsec(_ arguments: String..., input: String = "", mayReveal: Bool = false) throws -> Printed {
    let printed = try start(arguments, input: input).finish()
    if !mayReveal { self.printed += [printed.output, printed.errors] }
    return printed
  }

  /// Runs `popsec` where it has to succeed, and reads the JSON that it prints.
  func json<Value: Decodable>(_ type: Value.Type, _ arguments: String..., input: String = "") throws -> Value
  {
    let printed = try start(arguments + ["--json"], input: input).finish()
    self.printed += [printed.output, printed.errors]
    guard printed.status == 0 else { throw Failure("popsec \(arguments): \(printed.errors)") }
    return try JSONDecoder().decode(Value.self, from: Data(printed.output.utf8))
  }

  struct Owner: Decodable, Equatable {
    let account: String
    let name: String
    var state = "live"
  }

  /// Whose a Token ID is, by the store.
  func owner(of tokenID: String) throws -> Owner {
    try json(Owner.self, "token", "whois", input: tokenID + "\n")
  }
}

// MARK: - the end

extension TestStore {
  fileprivate func end() {
    for person in people { person.pty.end() }
    try? FileManager.default.removeItem(at: folder)
  }

  /// Everything in which no Token ID may stand: screens, what was written to terminals beside
  /// the clipboard's sequences, what commands printed, and every file.
  func leaks() -> Set<String> {
    var leaks = Set(people.flatMap(\.shown))
    for person in people { leaks.formUnion(Secrets.found(in: Self.plain(person.bytes))) }
    for text in printed { leaks.formUnion(Secrets.found(in: text)) }
    for case let file as URL in FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      ?? .init()
    {
      // Room for a full disk: megabytes of nothing.
      guard !file.path.hasSuffix("-reserve"), let data = try? Data(contentsOf: file) else { continue }
      leaks.formUnion(Secrets.found(in: String(decoding: data, as: UTF8.self)))
    }
    return leaks
  }

  /// What was written, without control sequences.
  private static func plain(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
      .replacing(#/\u{1B}\[[0-?]*[ -\/]*[@-~]/#, with: "")
      .replacing(#/\u{1B}[()][A-Z0-9]/#, with: "")
  }
}

/// Where stores may be, for tests of both: in a database, or in a folder.
enum StorePlaces {
  static let all = PostgresServer.shared == nil ? [false] : [false, true]
}

/// What a store is to hold at first.
enum Contents {
  /// Not even a store.
  case nothing
  case emptyStore
  /// The connectors of the security file, nobody who may use them.
  case catalogue
}

/// Does something with a fresh store, then looks whether a Token ID leaked anywhere.
///
/// - Parameter address: of the database that gets the store, where that is not one of the tests' own server.
func onStore(
  _ contents: Contents = .catalogue, mayReveal: Bool = false, inDatabase: Bool = false,
  at address: String? = nil, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: (TestStore) throws -> Void
) throws {
  let own =
    inDatabase ? try #require(PostgresServer.shared, "\(PostgresServer.absence)").get().makeDatabase() : nil
  let store = try TestStore(database: address ?? own)
  defer { store.end() }
  if contents != .nothing { try store.succeed("init", "--decoys", "0") }
  if contents == .catalogue {
    try store.succeed("apply", "--yes", try store.file("catalogue.yaml", BusinessCentral.catalogue))
  }
  try body(store)
  if !mayReveal {
    #expect(store.leaks().count == 0, "a Token ID stood where none may", sourceLocation: sourceLocation)
  }
}

extension TestStore {
  func succeed(_ arguments: String...) throws {
    let printed = try start(arguments).finish()
    self.printed += [printed.output, printed.errors]
    guard printed.status == 0 else {
      throw Failure("popsec \(arguments): \(printed.output)\(printed.errors)")
    }
  }
}
