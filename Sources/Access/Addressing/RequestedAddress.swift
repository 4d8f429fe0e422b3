/// The address to which a request was made. A text that could be read in two ways is refused.
package struct RequestedAddress: Hashable, Sendable {
  package static let maximumByteCount = 16_384

  package let host: String
  package let path: AddressPath
  package let query: AddressQuery

  /// Reads `host` as in a Host header, and `target` in origin form, `/path?query` (RFC 9112, section 3.2.1).
  package init(host: some StringProtocol, target: some StringProtocol) throws(RequestedAddressProblem) {
    try self.init(String(host), String(target))
  }

  /// This initializer is not generic, so that callers in other modules don't run unspecialized code.
  private init(_ host: String, _ target: String) throws(RequestedAddressProblem) {
    guard host.utf8.count + target.utf8.count <= Self.maximumByteCount else { throw .tooLong }
    guard let name = HostName.withoutPort(host) else { throw .host }
    guard !target.utf8.contains(UInt8(ascii: "#")) else { throw .fragment }
    let path = target.prefix { $0 != "?" }
    do { self.path = try AddressPath(path) } catch { throw .path(error) }
    guard let query = AddressQuery(target[path.endIndex...].dropFirst()) else { throw .query }
    self.host = name
    self.query = query
  }
}

/// The reason why a request has no address that could be looked up.
package enum RequestedAddressProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case tooLong, host, fragment, query
  case path(AddressPathProblem)

  package var description: String {
    switch self {
    case .tooLong: "the requested address is longer than \(RequestedAddress.maximumByteCount) bytes"
    case .host: "the request has no valid host"
    case .fragment: "a requested address must not have a # fragment"
    case .query: "a % in a query is followed by two hexadecimal digits"
    case .path(let problem): problem.description
    }
  }
}

/// A host's name or IP address, in the form in which widgets and requests are compared.
enum HostName {
  /// The host in lower case, without the port and the dot of the root; nil where the text names no host.
  static func withoutPort(_ authority: some StringProtocol) -> String? {
    var host = Array(authority.utf8)[...]
    if let colon = host.lastIndex(of: UInt8(ascii: ":")), !host[colon...].contains(UInt8(ascii: "]")) {
      let digits = host[(colon + 1)...]
      guard (1...5).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
        (1...65_535).contains(digits.reduce(0) { 10 * $0 + Int($1 - 0x30) })
      else { return nil }
      host = host[..<colon]
    }
    if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") {
      let isAddress = host.dropFirst().dropLast().allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66, UInt8(ascii: ":"), UInt8(ascii: "."): true
        default: false
        }
      }
      return isAddress && host.count > 3 ? inLowerCase(host) : nil
    }
    if host.last == UInt8(ascii: ".") { host.removeLast() }
    guard host.count <= 253 else { return nil }
    var start = host.startIndex
    for index in host.indices where host[index] == UInt8(ascii: ".") {
      guard isLabel(host[start..<index]) else { return nil }
      start = index + 1
    }
    return isLabel(host[start...]) ? inLowerCase(host) : nil
  }

  private static func inLowerCase(_ ascii: ArraySlice<UInt8>) -> String {
    String(decoding: ascii.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
    (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
      && label.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      }
  }
}
