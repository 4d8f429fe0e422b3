/// The source address of a request, IPv4 or IPv6. An IPv4-mapped IPv6 address is treated as its IPv4 address
/// (RFC 4291, section 2.5.5.2).
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
  /// The address, 4 or 16 bytes.
  package let bytes: [UInt8]

  package init?(_ text: some StringProtocol) { self.init(text: String(text)) }

  /// This initializer is not generic, so that callers in other modules don't run unspecialized code.
  private init?(text: String) {
    guard text.utf8.count <= 45 else { return nil }
    guard text.utf8.contains(UInt8(ascii: ":")) else {
      guard let four = Self.four(text) else { return nil }
      bytes = four
      return
    }
    guard let parsed = Self.six(text) else { return nil }
    let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
    bytes = parsed.starts(with: mapped) && parsed.count == 16 ? Array(parsed.suffix(4)) : parsed
  }

  fileprivate init(bytes: [UInt8]) { self.bytes = bytes }

  package var isIPv4: Bool { bytes.count == 4 }

  package var description: String {
    isIPv4 ? bytes.map(String.init).joined(separator: ".") : Self.compressed(bytes)
  }

  private static func four(_ text: some StringProtocol) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4)
    var (value, digits) = (0, 0)
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39:
        // A leading zero could mean an octal number, so it is refused, as by inet_pton(3).
        guard digits < 3, digits == 0 || value > 0 else { return nil }
        (value, digits) = (10 * value + Int(byte - 0x30), digits + 1)
      case UInt8(ascii: "."):
        guard digits > 0, bytes.count < 3, let part = UInt8(exactly: value) else { return nil }
        bytes.append(part)
        (value, digits) = (0, 0)
      default: return nil
      }
    }
    guard digits > 0, bytes.count == 3, let part = UInt8(exactly: value) else { return nil }
    bytes.append(part)
    return bytes
  }

  private static func six(_ text: some StringProtocol) -> [UInt8]? {
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    guard halves.count <= 2, let left = groups(halves[0], atEnd: halves.count == 1) else { return nil }
    guard halves.count == 2 else { return left.count == 16 ? left : nil }
    guard let right = groups(halves[1], atEnd: true), left.count + right.count <= 14 else { return nil }
    return left + Array(repeating: 0, count: 16 - left.count - right.count) + right
  }

  /// Reads groups. Only the end of an address may be written as IPv4 (RFC 4291, section 2.2).
  private static func groups(_ text: some StringProtocol, atEnd: Bool) -> [UInt8]? {
    if text.isEmpty { return [] }
    var bytes: [UInt8] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if atEnd, index == parts.count - 1, part.contains(".") {
        guard let tail = four(part) else { return nil }
        return bytes.count <= 12 ? bytes + tail : nil
      }
      guard (1...4).contains(part.utf8.count), part.allSatisfy(\.isHexDigit),
        let group = UInt16(part, radix: 16)
      else { return nil }
      bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
    }
    return bytes.count <= 16 ? bytes : nil
  }

  /// The address as RFC 5952 asks: in lower case, with the first longest run of two or more zero groups as
  /// `::`.
  private static func compressed(_ bytes: [UInt8]) -> String {
    let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    var best = 0..<0
    var start = 0
    while start < 8 {
      let end = groups[start...].firstIndex { $0 != 0 } ?? 8
      if end - start > max(1, best.count) { best = start..<end }
      start = max(end, start + 1)
    }
    let text = groups.map { String($0, radix: 16) }
    guard !best.isEmpty else { return text.joined(separator: ":") }
    return text[..<best.lowerBound].joined(separator: ":") + "::"
      + text[best.upperBound...].joined(separator: ":")
  }
}

/// A source network in CIDR form, such as `10.0.0.0/8` (RFC 4632, RFC 4291). A single address is a network of
/// one. Bits after the prefix must be zero, because popsec would have to guess what they mean.
package struct Network: Hashable, Sendable, CustomStringConvertible {
  package let base: IPAddress
  package let prefixBits: Int

  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let first = parts.first, let base = IPAddress(first) else { return nil }
    let width = base.bytes.count * 8
    var bits = width
    if parts.count == 2 {
      guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        var written = Int(parts[1])
      else { return nil }
      // The prefix of an IPv4-mapped network is written 96 bits longer.
      if first.contains(":"), base.isIPv4 { written -= 96 }
      bits = written
    }
    guard (0...width).contains(bits), Self.mask(base, bits: bits) == base.bytes else { return nil }
    self.base = base
    prefixBits = bits
  }

  /// The network that an address is taken to lie in when the use of tokens is told apart: of an IPv4 address the /24, of
  /// an IPv6 address the /48, which a site is commonly given (RFC 6177).
  package init(around address: IPAddress) {
    prefixBits = address.isIPv4 ? 24 : 48
    base = IPAddress(bytes: Self.mask(address, bits: prefixBits))
  }

  package func contains(_ address: IPAddress) -> Bool {
    address.bytes.count == base.bytes.count && Self.mask(address, bits: prefixBits) == base.bytes
  }

  package var description: String { "\(base)/\(prefixBits)" }

  private static func mask(_ address: IPAddress, bits: Int) -> [UInt8] {
    address.bytes.enumerated().map { index, byte in
      let kept = min(max(bits - index * 8, 0), 8)
      return kept == 0 ? 0 : byte & (0xFF << UInt8(8 - kept))
    }
  }
}
