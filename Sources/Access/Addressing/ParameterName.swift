/// Names of query parameters that applications read as the same, where popsec judges by one of them.
///
/// PHP drops blanks in front, ends a name at NUL, reads `.`, a blank and a `[` that nothing closes as `_`, takes what
/// stands in brackets for an index, and drops what follows these (the manual's *Variables From External Sources*).
/// Rack drops brackets in front, and ends a name at any other; others drop blanks behind, and don't tell letters' case
/// apart. A name counts for another where any such reading makes it one.
enum ParameterName {
  private static let (opening, closing) = (UInt8(ascii: "["), UInt8(ascii: "]"))

  /// Under which a name is found by those that are alike: what stands before an index, and the whole without any.
  static func readings(_ name: some Sequence<UInt8>) -> Set<[UInt8]> {
    let read = read(name)
    return [stem(read), flat(read)]
  }

  /// Whether an application may read a name for another, which popsec judges by.
  static func isAlike(_ name: [UInt8], _ judged: [UInt8]) -> Bool {
    let (name, judged) = (read(name), read(judged))
    if flat(name) == flat(judged) { return true }
    guard stem(name) == stem(judged) else { return false }
    // Two that plainly have other indexes are two, as in filter[type] and filter[name].
    guard let index = index(name), let judgedIndex = self.index(judged) else { return true }
    return index == judgedIndex
  }

  private static func stem(_ read: [UInt8]) -> [UInt8] {
    Array(read.prefix { $0 != opening && $0 != closing })
  }

  private static func flat(_ read: [UInt8]) -> [UInt8] { read.map { $0 == opening ? UInt8(ascii: "_") : $0 } }

  /// The first index of a name that is nothing but a stem and closed indexes; nil for all others, and for an empty one,
  /// which may stand for any.
  private static func index(_ read: [UInt8]) -> [UInt8]? {
    var rest = read.drop { $0 != opening && $0 != closing }
    var first: [UInt8]?
    while rest.first == opening {
      guard let end = rest.firstIndex(of: closing) else { return nil }
      let text = rest[rest.startIndex..<end].dropFirst()
      guard !text.contains(opening) else { return nil }
      if first == nil { first = Array(text) }
      rest = rest[end...].dropFirst()
    }
    return rest.isEmpty && first?.isEmpty == false ? first : nil
  }

  private static func read(_ name: some Sequence<UInt8>) -> [UInt8] {
    var bytes = Array(
      name.drop { (1...0x20).contains($0) || $0 == opening || $0 == closing }.prefix { $0 != 0 })
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return bytes.map { byte in
      switch byte {
      case 0x41...0x5A: byte + 0x20
      case UInt8(ascii: "."), 1...0x20: UInt8(ascii: "_")
      default: byte
      }
    }
  }
}
