/// The address of an endpoint: an absolute `http` or `https` URL in ASCII, of at most 2,000 bytes, without
/// user, token or fragment (RFC 3986). Its path may have parameters, as in `https://h/orders/{id}`.
///
/// `security-file.md`, "Addresses", tells how the gate matches requests with an address. A request is never
/// made to an address with parameters, only to one in which they are filled in.
package struct AddressTemplate: Hashable, Sendable, CustomStringConvertible {
  package static let maximumByteCount = 2_000
  package let text: String
  /// The names of the path's parameters, from left to right. The names are for people; requests are matched
  /// without them.
  package let parameters: [String]
  private let host: String
  private let path: AddressPattern
  private let query: AddressQuery

  package init(_ raw: String) throws(AddressProblem) {
    guard raw.utf8.count <= Self.maximumByteCount else { throw .tooLong }
    guard raw.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`|".utf8.contains($0) }) else {
      throw .character
    }
    guard let rest = Self.afterScheme(raw) else { throw .scheme }
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !authority.contains("@") else { throw .user }
    let target = rest[authority.endIndex...]
    let rawPath = target.prefix { $0 != "?" }
    let rawQuery = target[rawPath.endIndex...].dropFirst()
    guard !(authority + rawQuery).contains(where: { $0 == "{" || $0 == "}" }) else {
      throw .parameterOutsidePath
    }
    guard let host = HostName.withoutPort(authority) else { throw .host }
    guard !raw.contains("#") else { throw .fragment }
    guard !TokenID.isContained(in: raw) else { throw .tokenID }
    let parsed: (pattern: AddressPattern, names: [String])
    do { parsed = try AddressPattern.parse(rawPath) } catch {
      throw error == .escape ? .escape : .path(error)
    }
    guard let query = AddressQuery(rawQuery), let path = percentDecoded(Array(rawPath.utf8)[...]) else {
      throw .escape
    }
    guard Set(query.parameters.map(\.name)).count == query.parameters.count else { throw .parameterTwice }
    let texts = [path.bytes] + query.parameters.flatMap { [$0.name, $0.value] }
    guard !texts.contains(where: { TokenID.isContained(in: String(decoding: $0, as: UTF8.self)) }) else {
      throw .tokenID
    }
    let names = query.parameters.map { String(decoding: $0.name, as: UTF8.self).lowercased() }
    guard !names.contains("token") else { throw .token }
    text = raw
    parameters = parsed.names
    self.path = parsed.pattern
    self.host = host
    self.query = query
  }

  /// Makes a template of an address without parameters.
  package init(_ address: Address) { self = address.template }

  package var description: String { text }

  /// The key by which a request to this address is found.
  package func key(_ match: AddressMatch) -> AddressKey {
    AddressKey(shape: AddressShape(host: host, path: path, match: match), query: query)
  }

  static func afterScheme(_ raw: String) -> Substring? {
    for scheme in ["https://", "http://"] where raw.prefix(scheme.count).lowercased() == scheme {
      return raw.dropFirst(scheme.count)
    }
    return nil
  }
}
