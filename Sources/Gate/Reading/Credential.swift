package import Access
package import NIOHTTP1

/// The credential with which a request asks to be let in.
package enum Credential: Sendable {
  case none
  case token(TokenID)
  case malformed(TokenIDProblem)
  /// Handles from cookies. A token in the request has precedence over them.
  case handles([CookieHandle])

  /// Reads the credential from `?token=`, `Authorization: Bearer` (RFC 6750, section 2.1), `X-Api-Key` and
  /// the gate's cookies. Tokens in two places, or two in one place, are refused, because nobody may guess
  /// which one counts. A token that also stands elsewhere in the address is refused as well, and so is a
  /// token whose parameter is written with escapes. A proxy that removes the token would pass on a different
  /// address than the one that was decided, or the token itself.
  package init(query: AddressQuery, target: String, headers: HTTPHeaders) throws(GateProblem) {
    let question = target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
    let rawQuery = target[question...].dropFirst()
    var found: [String] = query.values(of: "token").map { String(decoding: $0, as: UTF8.self) }
    let isInQuery = !found.isEmpty
    guard !isInQuery || Self.isPlain(rawQuery, found) else { throw .escapedToken }
    var cookies: [String] = []
    for (name, value) in headers {
      if name.isSameHeader(as: "authorization") {
        if let token = Self.bearer(value) { found.append(token) }
      } else if name.isSameHeader(as: "x-api-key") {
        found.append(String(value.trimmed))
      } else if name.isSameHeader(as: "cookie") {
        cookies.append(value)
      }
    }
    guard found.count <= 1 else { throw .severalTokens }
    if let text = found.first {
      do { self = .token(try TokenID(text)) } catch {
        self = .malformed(error)
        return
      }
      if Self.count(of: text, in: target) > (isInQuery ? 1 : 0) { throw .severalTokens }
    } else {
      let handles = CookieHandle.all(in: cookies)
      self = handles.isEmpty ? .none : .handles(handles)
    }
  }

  /// How often the bytes of a text stand in those of another one.
  private static func count(of text: String, in target: String) -> Int {
    var (text, target) = (text, target)
    return target.withUTF8 { target in
      text.withUTF8 { text in
        guard let first = text.first, target.count >= text.count else { return 0 }
        return (0...(target.count - text.count)).count { start in
          target[start] == first && target[start..<(start + text.count)].elementsEqual(text)
        }
      }
    }
  }

  private static func isPlain(_ rawQuery: some StringProtocol, _ tokens: [String]) -> Bool {
    let plain = rawQuery.utf8.split(separator: UInt8(ascii: "&")).filter { $0.starts(with: "token=".utf8) }
    return plain.count == tokens.count
      && zip(plain, tokens).allSatisfy { $0.dropFirst("token=".utf8.count).elementsEqual($1.utf8) }
  }

  /// The token of a bearer header. Other schemes belong to the application.
  private static func bearer(_ value: String) -> String? {
    let scheme = value.prefix { $0 != " " }
    guard scheme.isSameHeader(as: "bearer") else { return nil }
    return String(value[scheme.endIndex...].trimmed)
  }
}

/// A random name for a token at a widget. It is valid for minutes, and a secret for that time.
package struct CookieHandle: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  static let cookieName = "popsec"
  /// The number of characters: 192 bits as hexadecimal digits.
  static let characterCount = 48
  /// The greatest number of handles that are looked at, because this number of widgets may lie on one path.
  static let maximumCount = 8
  let text: String

  init?(_ text: some StringProtocol) {
    guard text.utf8.count == Self.characterCount,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.text = String(text)
  }

  /// Makes a handle from the operating system's random numbers.
  static func random() -> CookieHandle? {
    CookieHandle((0..<3).map { _ in DecisionID.random().rawValue }.joined())
  }

  package var description: String { "…" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }

  /// The handles in `Cookie` headers (RFC 6265, section 4.2.1).
  static func all(in cookies: [String]) -> [CookieHandle] {
    var found: [CookieHandle] = []
    for pair in cookies.flatMap({ $0.split(separator: ";") }) {
      let pair = pair.trimmed
      guard found.count < maximumCount, pair.hasPrefix(cookieName + "=") else { continue }
      if let handle = CookieHandle(pair.dropFirst(cookieName.count + 1)) { found.append(handle) }
    }
    return found
  }
}
