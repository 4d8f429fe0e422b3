internal import Access
internal import Administration

/// Presentations of decoys that wait to be written, within a bound.
struct DecoyShelf {
  /// What is counted together, with the first presentation, which is not yet put into words.
  struct Use {
    let first: PresentedDecoy
    var lastAt: Timestamp
    var count: Int
  }

  private(set) var uses: [DecoyUse.Key: Use] = [:]

  private static let capacity = 2_000

  mutating func count(_ presented: PresentedDecoy) {
    let key = DecoyUse.Key(decoy: presented.decoy.id, at: presented.at, source: presented.source)
    add(Use(first: presented, lastAt: presented.at, count: 1), key)
  }

  mutating func add(_ other: DecoyShelf) { for (key, use) in other.uses { add(use, key) } }

  private mutating func add(_ use: Use, _ key: DecoyUse.Key) {
    var key = key
    // Beyond the bound, a flood from many addresses is counted without them.
    if uses[key] == nil, uses.count >= Self.capacity { key.source = nil }
    guard let known = uses[key] else { return uses[key] = use }
    uses[key] = Use(
      first: use.first.at < known.first.at ? use.first : known.first, lastAt: max(known.lastAt, use.lastAt),
      count: known.count + use.count)
  }

  /// Errors: `EncodingError`, which no presentation causes.
  func inWords() throws -> [DecoyUse] {
    try uses.map { key, use in
      DecoyUse(
        key: key, firstAt: use.first.at, lastAt: use.lastAt, count: use.count,
        document: try use.first.first.document)
    }
  }
}
