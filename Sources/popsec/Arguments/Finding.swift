import Access
import Administration
import ArgumentParser
import Store

let matchingHelp = ArgumentHelp(
  "Those whose name has this part; case and accents ignored.", valueName: "text")

extension Name {
  /// Reads a name that was given as an argument.
  init(argument: String) throws(Trouble) {
    do { self = try Name(argument) } catch {
      throw Trouble(error.description, hint: "given was \(quotedExcerpt(argument))", exitStatus: .badData)
    }
  }
}

func quotedExcerpt(_ text: String) -> String { quoted(excerpt(text)) }

/// Finds things by their whole name. Where nothing has the name, the error suggests the nearest name.
struct Finder {
  let reader: any SecurityReader
  let now: Timestamp

  private var nearby: NearbyNames { NearbyNames(reader, now: now) }

  func account(_ kind: AccountKind, _ argument: String) throws -> Account {
    let name = try Name(argument: argument)
    if let account = try reader.account(kind, named: NameKey(name)) { return account }
    throw missing(kind.title, name, nearest: try nearby.accounts(kind, name))
  }

  func team(_ argument: String) throws -> Team {
    let name = try Name(argument: argument)
    if let team = try reader.team(named: NameKey(name)) { return team }
    throw missing("team", name, nearest: try nearby.teams(name))
  }

  func connector(_ argument: String) throws -> Connector {
    let name = try Name(argument: argument)
    if let connector = try reader.connector(named: NameKey(name)) { return connector }
    throw missing("connector", name, among: try reader.connectors().map(\.name))
  }

  /// - Parameter findsRevoked: whether a revoked token of that name is found where no other has the name.
  func token(_ argument: String, of account: Account, findsRevoked: Bool = false) throws -> Token {
    let name = try Name(argument: argument)
    if let token = try reader.token(of: account.id, named: NameKey(name)) { return token }
    let tokens = try reader.tokens(of: account.id)
    if let revoked = tokens.first(where: { NameKey($0.name) == NameKey(name) }) {
      guard findsRevoked else { throw AdministrationError.tokenRevoked(revoked.name) }
      return revoked
    }
    throw missing("token", name, among: tokens.filter { $0.revokedAt == nil }.map(\.name))
  }

  func missing(_ kind: String, _ name: Name, among names: [Name]) -> any Error {
    missing(kind, name, nearest: NearbyNames.nearest(name, among: names))
  }

  private func missing(_ kind: String, _ name: Name, nearest: [String]) -> any Error {
    guard !nearest.isEmpty else {
      return AdministrationError.missing(kind: kind, name: excerpt(name.text))
    }
    return Trouble(
      "there is no \(kind) named \(quotedExcerpt(name.text))",
      hint: "did you mean \(nearest.map(quotedExcerpt).joined(separator: " or "))?", exitStatus: .noInput)
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
