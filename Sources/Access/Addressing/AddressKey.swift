/// What of an address identifies a widget or an endpoint: the host without port in lower case, the path
/// as a prefix, and the query parameters, each exactly once.
package struct AddressKey: Hashable, Sendable {
  package let host: String
  package let path: AddressPath
  package let query: AddressQuery

  init(host: String, path: AddressPath, query: AddressQuery) {
    self.host = host
    self.path = path
    self.query = query
  }

  /// Whether one request could mean both: the same host and path, and no parameter tells them apart.
  package func isAmbiguous(with other: AddressKey) -> Bool {
    host == other.host && path == other.path
      && query.parameters.allSatisfy { mine in
        other.query.parameters.allSatisfy { $0.name != mine.name || $0.value == mine.value }
      }
  }
}

/// The address that a request was made to, read strictly: what could be read in two ways is no address.
package struct RequestedAddress: Hashable, Sendable {
  package static let maximumByteCount = 16_384

  package let host: String
  package let path: AddressPath
  package let query: AddressQuery

  /// `host` as in a Host header, `target` in origin form, `/path?query` (RFC 9112, section 3.2.1).
  package init(host: some StringProtocol, target: some StringProtocol) throws(RequestedAddressProblem) {
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

/// Why a request has no address that could be looked up.
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

/// A host's name or address, as widgets and requests are compared by it.
enum HostName {
  /// In lower case, without port and without the dot of the root; nil where it is none.
  static func withoutPort(_ authority: some StringProtocol) -> String? {
    var host = authority[...]
    if let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") {
      guard let port = Int(host[host.index(after: colon)...]), (1...65_535).contains(port) else { return nil }
      host = host[..<colon]
    }
    if host.first == "[", host.last == "]" {
      let isAddress = host.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
      return isAddress && host.count > 3 ? host.lowercased() : nil
    }
    if host.last == "." { host.removeLast() }
    let labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard host.utf8.count <= 253, labels.allSatisfy({ isLabel(Array($0)) }) else { return nil }
    return host.lowercased()
  }

  private static func isLabel(_ label: [UInt8]) -> Bool {
    (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
      && label.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      }
  }
}
