import Access
import Foundation
import Sealing
import Synchronization
import Testing

@Suite struct KeyExchangeTests {
  let temporary: TemporaryFolder
  let folder: KeyFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = KeyFolder(path: temporary.path + "/keys")
    _ = try folder.create()
  }

  private func names() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
  }

  @Test(
    "the next key is made once, another than the present one, with its rights",
    arguments: TokenKeyKind.allCases)
  func makesNext(kind: TokenKeyKind) throws {
    let mode = kind == .lookup ? 0o640 : 0o600
    try temporary.setMode(mode, folder.file(kind, .present))
    let next = try folder.makeNext(kind)
    #expect(try folder.makeNext(kind) == next)
    #expect(try folder.keyID(kind, .next) == next)
    #expect(try folder.keyID(kind, .present) != next)
    #expect(try temporary.mode(folder.file(kind, .next)) == mode)
    try folder.removeNext(kind)
    #expect(try folder.keyID(kind, .next) == nil)
  }

  @Test("a next key that was not completely written is made anew")
  func leftovers() throws {
    let path = folder.file(.seal, .next) + ".part"
    try Data("popsec-se".utf8).write(to: URL(fileURLWithPath: path))
    _ = try folder.makeNext(.seal)
    #expect(!FileManager.default.fileExists(atPath: path))
    _ = try folder.load()
  }

  @Test(
    "the next key takes the present one's place, which is kept under its id or forgotten",
    arguments: [false, true])
  func promotes(isForgotten: Bool) throws {
    let before = try names()
    let old = try #require(try folder.keyID(.lookup, .present))
    let new = try folder.makeNext(.lookup)
    let kept = try folder.promoteNext(.lookup, forgetting: isForgotten)
    #expect(try folder.keyID(.lookup, .present) == new)
    #expect(try folder.load().lookup.id == new)
    #expect(folder.holds(.lookup, old) == !isForgotten)
    #expect(kept == (isForgotten ? nil : folder.file(.lookup, .retired(old))))
    #expect(try names() == before.union(isForgotten ? [] : ["lookup-retired-\(old.rawValue).key"]))
    #expect(throws: SealingError.missing(path: folder.file(.lookup, .next))) {
      try folder.promoteNext(.lookup, forgetting: false)
    }
  }

  @Test("killed between keeping the old key and replacing it, the same is gone on with")
  func goesOn() throws {
    let old = try #require(try folder.keyID(.seal, .present))
    let new = try folder.makeNext(.seal)
    try #require(link(folder.file(.seal, .present), folder.file(.seal, .retired(old))) == 0)
    try folder.promoteNext(.seal, forgetting: false)
    #expect(try folder.keyID(.seal, .present) == new && folder.holds(.seal, old))
  }

  @Test("a process that runs finds keys that are made, moved and retired after it began")
  func ring() throws {
    let ring = KeyRing(try folder.load(), folder: folder)
    let old = try ring.keys.seal.get().id
    let place = SealPlace(row: .random(), token: .random(), account: .random())
    let id = TokenID.generate()
    let sealed = try ring.seal(old).seal(id, for: place)
    let new = try folder.makeNext(.seal)
    #expect(try ring.seal(new).id == new)
    try folder.promoteNext(.seal, forgetting: false)
    let later = KeyRing(try folder.load(), folder: folder)
    #expect(try later.seal(old).open(sealed, for: place) == id)
    let none = KeyID(7)
    #expect(throws: SealingError.otherKey(none)) { try ring.seal(none) }
    #expect(throws: SealingError.unknownKey(.lookup, none)) { try ring.lookup(none) }
  }

  @Test("a key once known stays known, whatever becomes of its file")
  func keepsKnown() throws {
    let ring = KeyRing(try folder.load(), folder: folder)
    let new = try folder.makeNext(.lookup)
    _ = try ring.lookup(new)
    try FileManager.default.removeItem(atPath: folder.path)
    #expect(try ring.lookup(new).id == new)
  }

  @Test("while a key is exchanged a Token ID is looked up under either, the new one first")
  func hashes() throws {
    let ring = KeyRing(try folder.load(), folder: folder)
    let (old, new, id) = (ring.keys.lookup.id, try folder.makeNext(.lookup), TokenID.generate())
    let table: [(TokenKeyUse, [KeyID], missing: KeyID?)] = [
      (.unknown, [old], nil),
      (TokenKeyUse(current: old, coming: new), [old], nil),
      (TokenKeyUse(current: new, leaving: old), [new, old], nil),
      (TokenKeyUse(current: new), [new], nil),
      (TokenKeyUse(current: KeyID(7), leaving: old), [old], KeyID(7)),
      (TokenKeyUse(current: KeyID(7)), [], KeyID(7)),
    ]
    for (use, keys, missing) in table {
      let hashes = ring.hashes(of: id, use)
      #expect(hashes.all.map(\.key) == keys && hashes.missing == missing)
    }
  }

  @Test("the copy of the keys makes the same keys again, the coming one too, for their owner alone")
  func text() throws {
    let next = try folder.makeNext(.lookup)
    let text = try folder.text()
    let copy = KeyFolder(path: temporary.path + "/copy")
    try copy.create(from: text, named: "keys")
    for kind in TokenKeyKind.allCases {
      #expect(try copy.keyID(kind, .present) == folder.keyID(kind, .present))
      #expect(KeyFolder.ids(in: text, kind).count == (kind == .lookup ? 2 : 1))
    }
    #expect(try copy.keyID(.lookup, .next) == next)
    #expect(try copy.load().audit.verifier?.id == folder.load().audit.verifier?.id)
    #expect(try temporary.mode(copy.file(.lookup)) == 0o600)
    #expect(throws: SealingError.exists(path: copy.file(.lookup))) {
      try copy.create(from: text, named: "keys")
    }
  }

  @Test(
    "a file that is no copy of keys is refused, and nothing is made",
    arguments: ["", "hello", "popsec-lookup-key-1 x y\n", "twice", "one"])
  func badText(what: String) throws {
    let text = try folder.text()
    let lines = text.split(separator: "\n")
    let bad =
      switch what {
      case "twice": text + text + text
      case "one": String(lines[0]) + "\n"
      default: what
      }
    let copy = KeyFolder(path: temporary.path + "/copy")
    #expect(throws: SealingError.malformed(path: "keys")) { try copy.create(from: bad, named: "keys") }
    #expect(!FileManager.default.fileExists(atPath: copy.path))
  }

  @Test("only one process at a time exchanges keys")
  func locks() throws {
    #expect(try folder.lock())
    #expect(try !folder.lock())
  }

  @Test("a key that takes its place while it is looked for is found", arguments: TokenKeyKind.allCases)
  func isFoundWhileItMoves(kind: TokenKeyKind) throws {
    for _ in 0..<40 {
      let next = try folder.makeNext(kind)
      let folder = folder
      let isDone = Mutex(false)
      let thread = Thread {
        _ = try? folder.promoteNext(kind, forgetting: true)
        isDone.withLock { $0 = true }
      }
      thread.start()
      var misses = 0
      while !isDone.withLock({ $0 }) { if !folder.holds(kind, next) { misses += 1 } }
      #expect(misses == 0 && folder.holds(kind, next))
    }
  }
}
