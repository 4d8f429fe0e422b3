import Access
import Administration
import SQLiteStore
import Sealing
import Store
import Testing

@Suite struct BackupManifestTests {
  private let scene: Scene

  init() throws {
    scene = try Scene()
    _ = try scene.token(of: try scene.apiUser())
  }

  private func manifest() throws -> BackupManifest {
    let contents = try scene.store.read {
      try BackupContents($0, at: "store", verifiedBy: scene.administration) { _ in }
    }
    return BackupManifest(
      store: try scene.administration.storeID(), schemaVersion: 4, madeAt: scene.now, popsec: "1",
      database: BackupManifest.Part(byteCount: 7, sha256: String(repeating: "a", count: 64)), uses: nil,
      contents: contents)
  }

  private func read(_ trailer: [UInt8]) -> BackupManifest? {
    guard let line = BackupManifest.lastLine(Array(trailer.suffix(BackupManifest.lastLineByteCount))),
      trailer.count >= line.byteCount + BackupManifest.lastLineByteCount
    else { return nil }
    let bytes = trailer.dropLast(BackupManifest.lastLineByteCount).suffix(line.byteCount)
    return BackupManifest(Array(bytes), sha256: line.sha256)
  }

  @Test("a manifest is read as it was written, with the end of the audit log, its signature and the keys")
  func roundTrips() throws {
    let manifest = try manifest()
    #expect(try read(manifest.trailer) == manifest)
    let head = try #require(try scene.records.last)
    #expect(manifest.head.head == AuditHead(sequence: head.sequence, hash: head.hash, at: head.at))
    #expect(manifest.signedHead?.row == head.sequence && manifest.signedHead?.signature?.count == 128)
    #expect(manifest.lookupKeys == [scene.keys.lookup.id.rawValue])
    #expect(try manifest.sealKeys == [scene.keys.seal.get().id.rawValue])
  }

  @Test("any byte that is flipped, and any that is missing, is found")
  func damages() throws {
    let trailer = try manifest().trailer
    for index in trailer.indices {
      var flipped = trailer
      flipped[index] ^= 1
      #expect(read(flipped) == nil, "byte \(index)")
    }
    for count in 0..<trailer.count { #expect(read(Array(trailer.prefix(count))) == nil) }
  }

  @Test(
    "an impossible manifest is refused, although its hash is right",
    arguments: ["\"row\":", "\"store\":\"", "\"byteCount\":"])
  func impossible(part: String) throws {
    let trailer = try manifest().trailer
    let text = String(decoding: trailer.dropLast(BackupManifest.lastLineByteCount), as: UTF8.self)
    let changed = Array(text.replacing(part, with: part == "\"store\":\"" ? part + "x" : part + "-").utf8)
    var digest = FileDigest()
    changed.withUnsafeBytes { digest.add($0) }
    #expect(BackupManifest(changed, sha256: digest.digits) == nil)
  }

  @Test("lengths that can't be added are refused, though the hash is right")
  func lengthsBeyond() throws {
    let trailer = try manifest().trailer
    let text = String(decoding: trailer.dropLast(BackupManifest.lastLineByteCount), as: UTF8.self)
    let part = "{\"byteCount\":9223372036854775807,\"sha256\":\"\"}"
    for length in ["7", "1", "9223372036854775807"] {
      let changed = Array(
        (text.replacing("\"byteCount\":7", with: "\"byteCount\":\(length)").dropLast() + ",\"uses\":\(part)}")
          .utf8)
      var digest = FileDigest()
      changed.withUnsafeBytes { digest.add($0) }
      #expect(BackupManifest(changed, sha256: digest.digits) == nil)
    }
  }

  @Test(
    "a store that replaces one whose generation is made up goes on, and traps nobody",
    arguments: [Generation.max, .max - 1, .max - 1_000_000, .min])
  func generations(replaced: Generation) throws {
    let (head, generation) = try scene.administration.presentState()
    try scene.administration.recordRestore(
      RestoredFrom(
        head: try #require(head), madeAt: "then", sha256: "abc",
        replaced: ReplacedState(head: head, generation: replaced)))
    #expect(try scene.administration.presentState().generation > generation)
  }

  @Test("a store whose audit log is not whole is not backed up as if it were")
  func brokenLog() throws {
    try scene.store.write { writer in
      let last = try #require(try writer.auditHead())
      try writer.append(
        AuditRecord(
          sequence: last.sequence + 1, at: scene.now, actor: Actor(name: "x", frontEnd: .console),
          action: "made.up", target: AuditTarget(.store, id: "s", name: "s"), details: "{}",
          previousHash: last.hash, hash: Array(repeating: 7, count: 32)))
    }
    #expect(throws: (any Error).self) { try manifest() }
  }

  @Test("only an Administrator takes the whole store along, or puts another state in its place")
  func permissions() throws {
    let manifest = try manifest()
    let other = scene.administration(only: Set(Permission.allCases).subtracting([.rolesManage]))
    #expect(throws: AdministrationError.self) { try other.requireBackup(withKeys: false) }
    #expect(throws: AdministrationError.self) { try other.requireRestore() }
    #expect(throws: AdministrationError.self) {
      try other.recordBackup(manifest, sha256: "0", withKeys: false)
    }
    try scene.administration.recordBackup(manifest, sha256: "abc", withKeys: true)
    let row = try #require(try scene.records.last)
    #expect(row.action == "store.backup")
    #expect(try row.field("sha256") == ["after": "abc"])
  }

  @Test("a restored store is ahead of all that was kept in memory, and goes by the keys of its Token IDs")
  func restored() throws {
    let (head, generation) = try scene.administration.presentState()
    try scene.administration.recordRestore(
      RestoredFrom(
        head: try #require(head), madeAt: "then", sha256: "abc",
        replaced: ReplacedState(head: head, generation: generation + 500)))
    #expect(try scene.administration.presentState().generation > generation + 500)
    #expect(try scene.read { try $0.keyUse(.lookup) } == TokenKeyUse(current: scene.keys.lookup.id))
    #expect(try scene.records.last?.action == "store.restore")
    #expect(try scene.records.last?.field("from row") == ["after": String(try #require(head).sequence)])
  }
}
