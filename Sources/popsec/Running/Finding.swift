import Access
import Administration
import Store

extension Name {
  /// Reads a name that a person gave as an argument.
  init(argument: String) throws(Trouble) {
    do { self = try Name(argument) } catch {
      throw Trouble(error.description, hint: "given was \(quotedExcerpt(argument))", exitStatus: .badData)
    }
  }
}

func quotedExcerpt(_ text: String) -> String { quoted(excerpt(text)) }

/// Finds things by the whole of their name, and names the nearest where there is none.
struct Finder {
  let reader: any SecurityReader
  let now: Timestamp

  func account(_ kind: AccountKind, _ argument: String) throws -> Account {
    let name = try Name(argument: argument)
    if let account = try reader.account(kind, named: NameKey(name)) { return account }
    throw missing(kind.title, name, nearest: try nearest(name) { try accountNames(kind, $0) })
  }

  func team(_ argument: String) throws -> Team {
    let name = try Name(argument: argument)
    if let team = try reader.team(named: NameKey(name)) { return team }
    throw missing(
      "team", name,
      nearest: try nearest(name) { text in
        try reader.teams(TeamQuery(matching: text), .first, limit: 3).rows.map(\.team.name)
      })
  }

  func connector(_ argument: String) throws -> Connector {
    let name = try Name(argument: argument)
    if let connector = try reader.connector(named: NameKey(name)) { return connector }
    let all = try reader.connectors().map(\.name)
    throw missing(
      "connector", name, nearest: nearest(name) { text in all.filter { text.matches($0.text) } })
  }

  func token(_ argument: String, of account: Account) throws -> Token {
    let name = try Name(argument: argument)
    if let token = try reader.token(of: account.id, named: NameKey(name)) { return token }
    let tokens = try reader.tokens(of: account.id)
    if let revoked = tokens.first(where: { NameKey($0.name) == NameKey(name) }) {
      throw AdministrationError.tokenRevoked(revoked.name)
    }
    let all = tokens.filter { $0.revokedAt == nil }.map(\.name)
    throw missing(
      "token", name, nearest: nearest(name) { text in all.filter { text.matches($0.text) } })
  }

  private func accountNames(_ kind: AccountKind, _ text: SearchText) throws -> [Name] {
    try reader.accounts(AccountQuery(kind: kind, matching: text), .first, limit: 3, now: now)
      .rows.map(\.account.name)
  }

  /// Looks for the whole name, then for its first half and its first letters.
  private func nearest(_ name: Name, _ search: (SearchText) throws -> [Name]) rethrows -> [Name] {
    let count = name.text.count
    for length in [count, (count + 1) / 2, 3] where length <= count {
      guard let text = SearchText(String(name.text.prefix(length))) else { continue }
      let found = try search(text)
      if !found.isEmpty { return Array(found.prefix(3)) }
    }
    return []
  }

  private func missing(_ kind: String, _ name: Name, nearest: [Name]) -> any Error {
    guard !nearest.isEmpty else {
      return AdministrationError.missing(kind: kind, name: excerpt(name.text))
    }
    return Trouble(
      "there is no \(kind) named \(quotedExcerpt(name.text))",
      hint: "did you mean \(nearest.map { quotedExcerpt($0.text) }.joined(separator: " or "))?",
      exitStatus: .noInput)
  }
}

extension Change {
  var finder: Finder { Finder(reader: reader, now: now) }
}

extension Session {
  func find<Result>(_ body: (Finder) throws -> Result) throws -> Result {
    try read { try body(Finder(reader: $0, now: administration.now)) }
  }
}
