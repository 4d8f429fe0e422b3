import Access
import Foundation
import Sealing
import Testing

@Suite struct KeyFolderTests {
  let temporary: TemporaryFolder
  let folder: KeyFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = KeyFolder(path: temporary.path + "/keys")
  }

  @Test("the folder and its keys are for their owner alone")
  func rights() throws {
    _ = try folder.create()
    #expect(try temporary.mode(folder.path) == 0o700)
    for kind in KeyFolder.Kind.ofStore { #expect(try temporary.mode(folder.file(kind)) == 0o600) }
  }

  @Test("keys that were made are the keys that are read")
  func roundTrips() throws {
    let made = try folder.create()
    let read = try folder.load()
    let id = TokenID.generate()
    #expect(made.lookup.id == read.lookup.id)
    #expect(made.lookup.hash(of: id) == read.lookup.hash(of: id))
    let place = SealPlace(row: .random(), token: .random(), account: .random())
    #expect(try read.seal.get().open(try made.seal.get().seal(id, for: place), for: place) == id)
  }

  @Test("keys are never overwritten", arguments: KeyFolder.Kind.ofStore)
  func keepsKeys(kind: KeyFolder.Kind) throws {
    _ = try folder.create()
    for other in KeyFolder.Kind.ofStore where other != kind {
      try FileManager.default.removeItem(atPath: folder.file(other))
    }
    let before = FileManager.default.contents(atPath: folder.file(kind))
    #expect(throws: SealingError.exists(path: folder.file(kind))) { try folder.create() }
    #expect(FileManager.default.contents(atPath: folder.file(kind)) == before)
  }

  @Test("two folders have different keys, and neither key is the other")
  func differ() throws {
    let one = try folder.create()
    let two = try KeyFolder(path: temporary.path + "/other").create()
    let ids = try [one.lookup.id, two.lookup.id, one.seal.get().id, two.seal.get().id]
    #expect(Set(ids).count == 4)
  }

  @Test("without the seal key tokens can be looked up")
  func worksWithoutSealKey() throws {
    let made = try folder.create()
    try FileManager.default.removeItem(atPath: folder.file(.seal))
    let keys = try folder.load()
    let id = TokenID.generate()
    #expect(keys.lookup.hash(of: id) == made.lookup.hash(of: id))
    #expect(throws: SealingError.missing(path: folder.file(.seal))) { try keys.seal.get() }
  }

  @Test("without the lookup key there is nothing")
  func needsLookupKey() throws {
    #expect(throws: SealingError.missing(path: folder.file(.lookup))) { try folder.load() }
    _ = try folder.create()
    try FileManager.default.removeItem(atPath: folder.file(.lookup))
    #expect(throws: SealingError.missing(path: folder.file(.lookup))) { try folder.load() }
  }

  @Test(
    "a key that others may read is refused, but a group may look up",
    arguments: [
      (KeyFolder.Kind.lookup, 0o640, true), (.lookup, 0o644, false), (.lookup, 0o620, false),
      (.seal, 0o640, false),
      (.seal, 0o604, false), (.seal, 0o400, true), (.lookup, 0o400, true),
    ])
  func checksRights(kind: KeyFolder.Kind, mode: Int, isFine: Bool) throws {
    _ = try folder.create()
    try temporary.setMode(mode, folder.file(kind))
    let problem: SealingError?
    do {
      _ = try folder.load()
      problem = nil
    } catch { problem = error }
    let expected = SealingError.looseRights(path: folder.file(kind), mode: String(mode, radix: 8))
    #expect(problem == (isFine ? nil : expected))
  }

  @Test(
    "a folder that others may enter or change is refused, but a group may look up",
    arguments: [(0o750, true), (0o500, true), (0o770, false), (0o705, false), (0o701, false), (0o720, false)])
  func checksTheFolder(mode: Int, isFine: Bool) throws {
    _ = try folder.create()
    try temporary.setMode(mode, folder.path)
    let expected = SealingError.looseFolder(path: folder.path, mode: String(mode, radix: 8))
    let problem = Result<Void, SealingError> { () throws(SealingError) in _ = try folder.load() }.failure
    #expect(problem == (isFine ? nil : expected))
    _ = try KeyFolder(path: folder.path, checksRights: false).load()
  }

  @Test(
    "keys of another account are refused, unless allowed",
    .enabled(if: getuid() == 0, "root alone may give files away"),
    arguments: ["", "/lookup.key", "/seal.key"])
  func checksTheOwner(file: String) throws {
    _ = try folder.create()
    let path = folder.path + file
    try #require(chown(path, 65_534, 0) == 0)
    #expect(throws: SealingError.otherOwner(path: path, owner: 65_534)) { try folder.load() }
    _ = try KeyFolder(path: folder.path, checksRights: false).load()
  }

  @Test("rights are not looked at where they are guarded by something else")
  func mayLeaveRightsAlone() throws {
    _ = try folder.create()
    for kind in KeyFolder.Kind.ofStore { try temporary.setMode(0o644, folder.file(kind)) }
    let keys = try KeyFolder(path: folder.path, checksRights: false).load()
    #expect((try? keys.seal.get()) != nil)
  }

  @Test(
    "a damaged key is refused",
    arguments: [
      "", "\n", "popsec-lookup-key-1", "popsec-lookup-key-1 0123456789abcdef AAAA\n",
      "popsec-lookup-key-1 0123456789abcdef AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
      String(repeating: "x", count: 300),
    ])
  func refusesDamage(text: String) throws {
    _ = try folder.create()
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file(.lookup)))
    #expect(throws: SealingError.malformed(path: folder.file(.lookup))) {
      try KeyFolder(path: folder.path, checksRights: false).load()
    }
  }

  @Test("one key in place of the other is refused")
  func refusesTheOther() throws {
    _ = try folder.create()
    try FileManager.default.removeItem(atPath: folder.file(.seal))
    try FileManager.default.copyItem(atPath: folder.file(.lookup), toPath: folder.file(.seal))
    let keys = try folder.load()
    #expect(throws: SealingError.malformed(path: folder.file(.seal))) { try keys.seal.get() }
  }

  @Test("a folder or device in place of a key is refused")
  func refusesOtherFiles() throws {
    _ = try folder.create()
    try FileManager.default.removeItem(atPath: folder.file(.lookup))
    try FileManager.default.createDirectory(atPath: folder.file(.lookup), withIntermediateDirectories: false)
    #expect(throws: SealingError.malformed(path: folder.file(.lookup))) { try folder.load() }
  }

  @Test("a folder that can't be completed has only what was there before")
  func leavesOthersKeys() throws {
    _ = try folder.create()
    try FileManager.default.removeItem(atPath: folder.file(.lookup))
    let before = FileManager.default.contents(atPath: folder.file(.seal))
    #expect(throws: SealingError.exists(path: folder.file(.seal))) { try folder.create() }
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(left.sorted() == ["audit-public.key", "audit.key", "seal.key"])
    #expect(FileManager.default.contents(atPath: folder.file(.seal)) == before)
  }

  @Test("a FIFO, a device or a socket in place of a key is refused, and not waited for")
  func waitsForNothing() throws {
    _ = try folder.create()
    let path = folder.file(.lookup)
    for make in [{ mkfifo(path, 0o600) }, { symlink("/dev/zero", path) }, { makeSocket(path) }] {
      try FileManager.default.removeItem(atPath: path)
      try #require(make() == 0)
      #expect(throws: SealingError.malformed(path: path)) { try folder.load() }
    }
  }
}

private func makeSocket(_ path: String) -> Int32 {
  let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
  return withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
    }
  }
}

extension Result {
  fileprivate var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
