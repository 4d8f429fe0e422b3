import Access
import Dispatch
import Foundation
import Sealing
import Testing

@Suite("decoys are kept with the keys") struct DecoyFileTests {
  let temporary: TemporaryFolder
  let folder: KeyFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = KeyFolder(path: temporary.path + "/keys")
    _ = try folder.create()
  }

  private func decoy(_ name: String, _ id: TokenID = .generate(), token: TokenRowID? = nil) throws -> Decoy {
    Decoy(
      digest: DecoyDigest(of: id), madeAt: try #require(Timestamp("2026-11-29T12:00:00Z")), token: token,
      name: name)
  }

  @Test("decoys that were added are the decoys that are read, and are found by Token ID and by token")
  func roundTrips() throws {
    let (id, row) = (TokenID.generate(), TokenRowID.random())
    let sealed = try decoy("Portal “Nord”\n / portal", id, token: row)
    let planted = try decoy("the wiki")
    try folder.add(sealed)
    try folder.add(planted)
    let list = try folder.decoys()
    #expect(list.decoys == [sealed, planted])
    #expect(list[DecoyDigest(of: id)] == sealed)
    #expect(list[row] == sealed)
    #expect(list[DecoyDigest(of: .generate())] == nil && list[TokenRowID.random()] == nil)
    #expect(planted.isPlanted && !sealed.isPlanted)
  }

  @Test(
    "the file is the owner's alone, holds no Token ID, and has the rights of the lookup key",
    arguments: [0o600, 0o640])
  func rights(mode: Int) throws {
    try temporary.setMode(mode, folder.file(.lookup))
    let id = TokenID.generate()
    try folder.add(try decoy("Portal / portal", id))
    #expect(try temporary.mode(folder.decoyFile) == mode)
    let text = try String(contentsOfFile: folder.decoyFile, encoding: .utf8)
    #expect(!text.contains(id.revealed) && !text.contains(id.hint.masked))
  }

  @Test("a missing file is not taken for a file without decoys")
  func missing() throws {
    #expect(throws: DecoyTrouble.missing(path: folder.decoyFile)) { try folder.decoys() }
    try folder.makeDecoyFile()
    #expect(try folder.decoys().decoys == [])
    let stamp = folder.decoyStamp
    try folder.makeDecoyFile()
    #expect(folder.decoyStamp == stamp)
  }

  @Test("a decoy that is taken out is no longer recognized")
  func removes() throws {
    let (one, two) = (try decoy("one"), try decoy("two"))
    try folder.add(one)
    try folder.add(two)
    #expect(try folder.removeDecoy(one.id))
    #expect(try folder.decoys().decoys == [two])
    #expect(try !folder.removeDecoy(one.id))
  }

  @Test(
    "a file that was cut, altered or is a newer popsec's is damaged, and is not replaced",
    arguments: [
      "", "popsec-decoys-1 0", "popsec-decoys-1 1\n", "popsec-decoys-2 0\n", "popsec-decoys-1 1\n{}\n", "x\n",
    ])
  func damaged(text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.decoyFile))
    try temporary.setMode(0o600, folder.decoyFile)
    let new = try decoy("new")
    #expect(throws: DecoyTrouble.malformed(path: folder.decoyFile)) { try folder.decoys() }
    #expect(throws: DecoyTrouble.malformed(path: folder.decoyFile)) { try folder.add(new) }
    #expect(try String(contentsOfFile: folder.decoyFile, encoding: .utf8) == text)
  }

  @Test("a file that others may read is refused, in words that name the file")
  func loose() throws {
    try folder.makeDecoyFile()
    try temporary.setMode(0o644, folder.decoyFile)
    let error = #expect(throws: DecoyTrouble.self) { try folder.decoys() }
    #expect(error?.message.hasPrefix("the file of decoys at ") == true)
    #expect(error?.hint?.contains("chmod") == true)
  }

  @Test("of decoys that are added at the same time, none is lost")
  func concurrent() throws {
    let all = try (0..<24).map { try decoy("decoy \($0)") }
    let folder = folder
    DispatchQueue.concurrentPerform(iterations: all.count) { index in
      #expect(throws: Never.self) { try folder.add(all[index]) }
    }
    #expect(try Set(folder.decoys().decoys) == Set(all))
  }

  @Test("an exchange of keys leaves decoys as they are")
  func survivesExchange() throws {
    let id = TokenID.generate()
    try folder.add(try decoy("the wiki", id))
    for kind in TokenKeyKind.allCases {
      _ = try folder.makeNext(kind)
      try folder.promoteNext(kind, forgetting: true)
    }
    #expect(try folder.decoys()[DecoyDigest(of: id)]?.name == "the wiki")
  }
}
