package import Access
package import NIOHTTP1

/// A request to the gate as it came.
package struct RawRequest: Sendable {
  package var method: String
  /// The path and the query.
  package var target: String
  package var headers: HTTPHeaders
  package var body: [UInt8]
  package var peer: Peer

  package init(
    method: String = "GET", target: String, headers: HTTPHeaders = [:], body: [UInt8] = [],
    peer: Peer = .unixSocket
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
    self.peer = peer
  }

  /// The only value of a header; nil where the header is missing.
  func single(_ name: String) throws(GateProblem) -> String? {
    var found: String?
    for (field, value) in headers where field.isSameHeader(as: name) {
      guard found == nil else { throw .repeatedHeader(name) }
      found = value
    }
    return found
  }

  func all(_ name: String) -> [String] { headers[name] }

  func needed(_ name: String) throws(GateProblem) -> String {
    guard let value = try single(name) else { throw .missingHeader(name) }
    return value
  }
}

/// The other end of the connection.
package enum Peer: Hashable, Sendable {
  /// A Unix socket. Its rights decide who may write to it.
  case unixSocket
  case address(IPAddress)
  /// A peer without an address that could be listed.
  case unknown
}

/// The peers whose forwarded headers are believed.
package struct TrustedPeers: Hashable, Sendable {
  private let networks: [Network]

  package init(_ networks: [Network] = []) { self.networks = networks }

  package func includes(_ peer: Peer) -> Bool {
    switch peer {
    case .unixSocket: true
    case .address(let address): includes(address)
    case .unknown: false
    }
  }

  func includes(_ address: IPAddress) -> Bool { networks.contains { $0.contains(address) } }

  /// The source address of a request: in `X-Forwarded-For` from the right, the first that is not trusted. The
  /// result is nil where the source is not known.
  func source(forwardedFor values: [String]) -> IPAddress? {
    var last: IPAddress?
    for text in values.joined(separator: ",").split(separator: ",").reversed() {
      guard let address = IPAddress(text.trimmed) else { return nil }
      if !includes(address) { return address }
      last = address
    }
    return last
  }
}

extension StringProtocol {
  /// The text without spaces and tabs around it.
  var trimmed: SubSequence {
    func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
    var rest = drop(while: isBlank)
    while rest.last.map(isBlank) == true { rest.removeLast() }
    return rest
  }

  /// Whether two names of headers are the same; ASCII case is ignored (RFC 9110, section 5.1).
  func isSameHeader(as other: some StringProtocol) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    return zip(utf8, other.utf8).allSatisfy { left, right in
      left == right || (left | 0x20 == right | 0x20 && (0x61...0x7A).contains(left | 0x20))
    }
  }
}
