/// Names of query parameters that applications read as the same, where popsec judges by one of them.
///
/// PHP drops blanks in front, ends a name at NUL, reads `.` and a blank as `_`, and takes what stands from `[` on for an
/// index (the manual's *Variables From External Sources*); ASP.NET and others don't tell letters' case apart.
enum ParameterName {
  /// What is left of a name in any of these readings.
  static func stem(_ name: some Sequence<UInt8>) -> [UInt8] {
    read(name).prefix { $0 != UInt8(ascii: "[") }.map { $0 }
  }

  /// Whether an application may read a name for another, which popsec judges by. One with an index of its own is told
  /// from those with another.
  static func isAlike(_ name: [UInt8], _ judged: [UInt8]) -> Bool {
    judged.contains(UInt8(ascii: "[")) ? read(name) == read(judged) : stem(name) == stem(judged)
  }

  private static func read(_ name: some Sequence<UInt8>) -> [UInt8] {
    name.drop { (1...0x20).contains($0) }.prefix { $0 != 0 }.map { byte in
      switch byte {
      case 0x41...0x5A: byte + 0x20
      case UInt8(ascii: "."), 1...0x20: UInt8(ascii: "_")
      default: byte
      }
    }
  }
}
