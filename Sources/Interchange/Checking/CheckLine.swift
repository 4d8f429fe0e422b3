import Access
package import Administration

/// The reason why a line of the batch check is no valid request. The reason never holds a Token ID.
package struct CheckLineError: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// One line of the batch check: a flat JSON object of known keys (`security-file.md`, Batch check).
package struct CheckLine {
  /// The most bytes that a line may have.
  package static let maximumByteCount = 65_536

  enum Key: String, CaseIterable {
    case token, tokenName, apiUser, user, widget, endpoint, method, api, connector, company, list
    case action, detail, listAction, at, source

    /// Where the key's value stands.
    fileprivate var place: Int {
      switch self {
      case .token: 0
      case .tokenName: 1
      case .apiUser: 2
      case .user: 3
      case .widget: 4
      case .endpoint: 5
      case .method: 6
      case .api: 7
      case .connector: 8
      case .company: 9
      case .list: 10
      case .action: 11
      case .detail: 12
      case .listAction: 13
      case .at: 14
      case .source: 15
      }
    }
  }

  /// The values by key, without a hash of the key: a line is read in less time than so many hashes take.
  private struct Texts {
    private var values = [String?](repeating: nil, count: Key.allCases.count)

    subscript(key: Key) -> String? {
      get { values[key.place] }
      set { values[key.place] = newValue }
    }
  }

  private var texts = Texts()
  private var isAPI = false

  /// - Parameters:
  ///   - texts: the values of the keys, other than `api`.
  ///   - isAPI: whether `api` is true.
  init(_ texts: [Key: String], isAPI: Bool) {
    for (key, text) in texts { self.texts[key] = text }
    self.isAPI = isAPI
  }

  /// Reads one line into a request.
  package static func request(_ bytes: UnsafeBufferPointer<UInt8>) throws(CheckLineError) -> CheckRequest {
    do {
      return try CheckLine(bytes).request()
    } catch let error as SyntaxError {
      throw CheckLineError(error.problem.message)
    } catch let error as CheckLineError {
      throw error
    } catch {
      throw CheckLineError("the line can't be read")
    }
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    var scanner = JSONScanner(bytes)
    scanner.skipSpace()
    guard scanner.skip("{") else { throw CheckLineError("a line is one JSON object") }
    scanner.skipSpace()
    if !scanner.skip("}") {
      repeat { try member(&scanner) } while try hasMore(&scanner)
    }
    scanner.skipSpace()
    guard scanner.isAtEnd else { throw CheckLineError("something follows after the JSON object") }
  }

  private func hasMore(_ scanner: inout JSONScanner) throws -> Bool {
    scanner.skipSpace()
    if scanner.skip(",") { return true }
    guard scanner.skip("}") else { throw scanner.error("a comma or } is expected here") }
    return false
  }

  private mutating func member(_ scanner: inout JSONScanner) throws {
    scanner.skipSpace()
    guard scanner.peek == UInt8(ascii: "\"") else { throw scanner.error("a key in quotes is expected here") }
    let name = try scanner.scalar().text
    guard let key = Key(rawValue: name) else {
      let hint = Nearest.hint(to: name, among: Key.allCases.map(\.rawValue)).map { "; " + $0 } ?? ""
      throw CheckLineError("there is no key \(shown(name))\(hint)")
    }
    guard texts[key] == nil, key != .api || !isAPI else {
      throw CheckLineError("the key \(shown(name)) is there twice")
    }
    scanner.skipSpace()
    guard scanner.skip(":") else { throw scanner.error("a colon is expected here") }
    scanner.skipSpace()
    guard scanner.peek != UInt8(ascii: "{"), scanner.peek != UInt8(ascii: "[") else {
      throw CheckLineError("\(name) is \(key == .api ? "true" : "a text")")
    }
    let value = try scanner.scalar()
    if key == .api {
      guard value.style == .literal, value.text == "true" else {
        throw CheckLineError("api is true, or absent")
      }
      isAPI = true
    } else {
      guard value.style == .quoted else { throw CheckLineError("\(name) is a text") }
      texts[key] = value.text
    }
  }

  func request() throws(CheckLineError) -> CheckRequest {
    CheckRequest(
      asker: try asker(), surface: try surface(), company: texts[.company].map { Reference(text: $0) },
      list: texts[.list].map { Reference(text: $0) }, item: try item(), at: try time(), source: try source())
  }

  private func asker() throws(CheckLineError) -> CheckRequest.Asker {
    switch (texts[.token], texts[.apiUser], texts[.user]) {
    case (.some, nil, nil), (nil, .some, nil), (nil, nil, .some): break
    default:
      let askers = [Key.token, .apiUser, .user].filter { texts[$0] != nil }
      throw CheckLineError("a line has one of token, apiUser and user; this has \(count(askers))")
    }
    if let token = texts[.token] {
      guard texts[.tokenName] == nil else { throw CheckLineError("tokenName needs apiUser or user") }
      do { return .tokenID(try TokenID(token)) } catch { return .malformedTokenID(error) }
    }
    let account =
      texts[.user].map { AccountReference(.user, Reference(text: $0)) }
      ?? AccountReference(.apiUser, Reference(text: texts[.apiUser] ?? ""))
    return texts[.tokenName].map { .token(Reference(text: $0), of: account) } ?? .account(account)
  }

  private func surface() throws(CheckLineError) -> CheckRequest.Surface {
    switch (texts[.widget], texts[.endpoint], isAPI) {
    case (.some, nil, false), (nil, .some, false), (nil, nil, true): break
    default:
      let surfaces = [Key.widget, .endpoint].filter { texts[$0] != nil } + (isAPI ? [.api] : [])
      throw CheckLineError("a line has one of widget, endpoint and api; this has \(count(surfaces))")
    }
    guard texts[.method] == nil || texts[.endpoint] != nil else {
      throw CheckLineError("method needs endpoint")
    }
    guard texts[.connector] == nil || isAPI else { throw CheckLineError("connector needs api") }
    if let widget = texts[.widget] { return .widget(Reference(text: widget)) }
    if let endpoint = texts[.endpoint] { return .endpoint(Reference(text: endpoint), try method()) }
    guard let connector = texts[.connector], texts[.list] != nil else {
      throw CheckLineError("api needs connector and list")
    }
    return .api(Reference(text: connector))
  }

  private func method() throws(CheckLineError) -> HTTPMethod {
    guard let text = texts[.method] else { return .get }
    guard let method = HTTPMethod(rawValue: text) else {
      throw CheckLineError("\(shown(text)) is no HTTP method")
    }
    return method
  }

  private func item() throws(CheckLineError) -> CheckRequest.ItemReference? {
    let (kind, text): (ItemKind, String)
    switch (texts[.action], texts[.detail], texts[.listAction]) {
    case (nil, nil, nil): return nil
    case (let action?, nil, nil): (kind, text) = (.action, action)
    case (nil, let detail?, nil): (kind, text) = (.detail, detail)
    case (nil, nil, let listAction?): (kind, text) = (.listAction, listAction)
    default: throw CheckLineError("a line has at most one of action, detail and listAction")
    }
    return CheckRequest.ItemReference(kind, Reference(text: text))
  }

  private func time() throws(CheckLineError) -> Timestamp? {
    guard let text = texts[.at] else { return nil }
    guard let time = Timestamp(text) else { throw CheckLineError("at is a time as in 2027-02-21T00:00:00Z") }
    return time
  }

  private func source() throws(CheckLineError) -> IPAddress? {
    guard let text = texts[.source] else { return nil }
    guard let address = IPAddress(text) else { throw CheckLineError("source is an IP address") }
    return address
  }

  private func count(_ keys: [Key]) -> String {
    keys.isEmpty ? "none" : keys.map(\.rawValue).joined(separator: " and ")
  }
}
