/// A Token ID that nobody has a reason to present: whoever presents one has what they should not have.
///
/// Which Token IDs are decoys is kept with the keys, and never in the store, where a decoy is a token like any
/// other.
package struct Decoy: Hashable, Sendable {
  package let id: DecoyID
  package let digest: DecoyDigest
  package let madeAt: Timestamp
  /// The token whose Token ID the decoy is; nil for a planted decoy, of which the store has nothing.
  package let token: TokenRowID?
  /// What people know the decoy by: the names of its API user and token as they were when the decoy was made, or where
  /// the decoy was planted.
  package let name: String

  package init(
    id: DecoyID = .random(), digest: DecoyDigest, madeAt: Timestamp, token: TokenRowID?, name: String
  ) {
    self.id = id
    self.digest = digest
    self.madeAt = madeAt
    self.token = token
    self.name = name
  }

  package var isPlanted: Bool { token == nil }
}

package typealias DecoyID = Identifier<Decoy>

/// The hash by which a decoy is recognized. It depends on no key, so that an exchange of keys leaves decoys as they are.
package struct DecoyDigest: Hashable, Sendable {
  private let value: SIMD32<UInt8>

  package init(_ value: SIMD32<UInt8>) { self.value = value }

  /// Fails for anything but 32 bytes.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    var value = SIMD32<UInt8>()
    for (index, byte) in bytes.enumerated() { value[index] = byte }
    self.value = value
  }

  package var bytes: [UInt8] { value.indices.map { value[$0] } }
}

/// How often a decoy was presented from one address on one day.
package struct DecoyUse: Hashable, Sendable {
  /// What is counted together. After a flood from many addresses, the address may be missing.
  package struct Key: Hashable, Sendable {
    package let decoy: DecoyID
    /// The beginning of the day (UTC).
    package let day: Timestamp
    /// The address from which the decoy came; nil where it is not known, or where there were too many.
    package var source: IPAddress?

    package init(decoy: DecoyID, at time: Timestamp, source: IPAddress?) {
      self.init(decoy: decoy, day: time.startOfDay, source: source)
    }

    package init(decoy: DecoyID, day: Timestamp, source: IPAddress?) {
      (self.decoy, self.day, self.source) = (decoy, day, source)
    }
  }

  package let key: Key
  package let firstAt: Timestamp
  package let lastAt: Timestamp
  package let count: Int
  /// The first presentation, as a JSON object without a secret.
  package let document: String

  /// So many addresses are kept of one decoy on one day; the others are counted together.
  package static let maximumSources = 64

  package init(key: Key, firstAt: Timestamp, lastAt: Timestamp, count: Int, document: String) {
    self.key = key
    self.firstAt = firstAt
    self.lastAt = lastAt
    self.count = count
    self.document = document
  }
}
