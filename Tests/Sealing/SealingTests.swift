import Access
import Crypto
import Foundation
import Testing

@testable import Sealing

@Suite struct SealingTests {
  let keys = TokenKeys.ephemeral()
  let place = SealPlace(row: .random(), token: .random(), account: .random())
  let id = TokenID.generate()

  @Test("a sealed Token ID opens in its own row")
  func opens() throws {
    let seal = try keys.seal.get()
    #expect(try seal.open(try seal.seal(id, for: place), for: place) == id)
  }

  @Test("sealing the same twice gives two values, of which neither holds the Token ID")
  func isRandom() throws {
    let seal = try keys.seal.get()
    let (one, two) = (try seal.seal(id, for: place), try seal.seal(id, for: place))
    #expect(one != two)
    #expect(!String(decoding: one.bytes, as: UTF8.self).contains(id.revealed.suffix(6)))
  }

  @Test("a value that was put into another row does not open there")
  func refusesSwaps() throws {
    let seal = try keys.seal.get()
    let sealed = try seal.seal(id, for: place)
    let others = [
      SealPlace(row: .random(), token: place.token, account: place.account),
      SealPlace(row: place.row, token: .random(), account: place.account),
      SealPlace(row: place.row, token: place.token, account: .random()),
    ]
    for other in others {
      #expect(throws: SealingError.notAuthentic) { try seal.open(sealed, for: other) }
    }
  }

  @Test("a value with any bit flipped does not open")
  func refusesChanges() throws {
    let seal = try keys.seal.get()
    let sealed = try seal.seal(id, for: place)
    for index in sealed.bytes.indices {
      var bytes = sealed.bytes
      bytes[index] ^= 1 << UInt8(index % 8)
      let changed = try #require(SealedTokenID(key: sealed.key, bytes: bytes))
      #expect(throws: SealingError.notAuthentic) { try seal.open(changed, for: place) }
    }
  }

  @Test("another key says which key is needed")
  func namesTheKey() throws {
    let sealed = try keys.seal.get().seal(id, for: place)
    let other = try TokenKeys.ephemeral().seal.get()
    #expect(throws: SealingError.otherKey(sealed.key)) { try other.open(sealed, for: place) }
  }

  @Test("another key under the right id does not open either")
  func refusesForgedKeyIDs() throws {
    let sealed = try keys.seal.get().seal(id, for: place)
    let other = try TokenKeys.ephemeral().seal.get()
    let forged = try #require(SealedTokenID(key: other.id, bytes: sealed.bytes))
    #expect(throws: SealingError.notAuthentic) { try other.open(forged, for: place) }
  }

  @Test("Token IDs are found by their own hash only")
  func hashes() {
    let lookup = keys.lookup
    #expect(lookup.hash(of: id) == lookup.hash(of: id))
    #expect(lookup.hash(of: id) != lookup.hash(of: .generate()))
    #expect(lookup.hash(of: id).bytes != TokenKeys.ephemeral().lookup.hash(of: id).bytes)
  }

  @Test("the hash is HMAC-SHA256 of the whole Token ID")
  func isHMAC() throws {
    let material = KeyMaterial()
    let expected = HMAC<SHA256>.authenticationCode(for: Data(id.revealed.utf8), using: material.key)
    #expect(LookupKey(material).hash(of: id).bytes == Array(expected))
  }

  @Test("no error holds a Token ID, and each has its own words")
  func complaints() throws {
    let problems: [SealingError] = [
      .missing(path: "/k"), .looseRights(path: "/k", mode: "644"),
      .looseFolder(path: "/k", mode: "755"), .otherOwner(path: "/k", owner: 7), .notReadable(path: "/k"),
      .malformed(path: "/k"),
      .exists(path: "/k"), .notWritable(path: "/k", reason: "no space"), .otherKey(keys.lookup.id),
      .notAuthentic,
      .notSealed,
    ]
    #expect(Set(problems.map(\.message)).count == problems.count)
    for problem in problems {
      #expect(problem.exitStatus.rawValue >= 64)
      #expect(!problem.message.hasSuffix("."))
    }
  }
}
