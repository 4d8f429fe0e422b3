/// Names of query parameters that applications read as the same name, where popsec decides by the value of
/// one.
///
/// PHP drops blanks at the front, ends a name at NUL, and reads `.`, a blank and an unclosed `[` as `_`. It
/// takes text in brackets for an index, and drops what follows the brackets (the manual's *Variables From
/// External Sources*). Rack drops brackets at the front, and ends a name at any other bracket. Other
/// applications drop blanks at the end, and ignore the case of letters. Two names are alike where any of
/// these readings makes them the same.
enum ParameterName {
  private static let (opening, closing) = (UInt8(ascii: "["), UInt8(ascii: "]"))

  /// The keys under which names that are alike are found: the text before an index, and the whole name
  /// without brackets.
  static func readings(_ name: some Sequence<UInt8>) -> Set<[UInt8]> {
    let read = read(name)
    return [stem(read), flat(read)]
  }

  /// Whether an application may take a name for another one by which popsec decides.
  static func isAlike(_ name: [UInt8], _ judged: [UInt8]) -> Bool {
    let (name, judged) = (read(name), read(judged))
    if flat(name) == flat(judged) { return true }
    guard stem(name) == stem(judged) else { return false }
    // Two names with plainly different indexes are different, as in filter[type] and filter[name].
    guard let index = index(name), let judgedIndex = self.index(judged) else { return true }
    return index == judgedIndex
  }

  private static func stem(_ read: [UInt8]) -> [UInt8] {
    Array(read.prefix { $0 != opening && $0 != closing })
  }

  private static func flat(_ read: [UInt8]) -> [UInt8] { read.map { $0 == opening ? UInt8(ascii: "_") : $0 } }

  /// The first index of a name that consists of a stem and closed indexes. The result is nil for any other
  /// name, and for an empty index, which may stand for any.
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
