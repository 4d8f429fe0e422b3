internal import Access
private import Crypto
private import Foundation
internal import Store

/// What a thing has, as a digest: by it is seen whether it was given something, or lost something, since.
extension Change {
  /// Of something that was only just added: it has nothing.
  static var bareHoldings: String { digest([]) }

  func holdings(of account: AccountID) throws -> String {
    let subject = SubjectID.account(account)
    let teams = try writer.teams(of: account).map { "team \($0.id)" }
    let keys = try writer.publicKeys(of: account).map { "key \($0)" }
    let tokens = try writer.tokens(of: account).filter { $0.revokedAt == nil }.map { "token \($0.id)" }
    return Self.digest(try rolesAndGrants(of: subject) + teams + keys + tokens)
  }

  func holdings(of team: TeamID) throws -> String {
    let members = try writer.memberCount(MemberQuery(team: team))
    return Self.digest(
      try rolesAndGrants(of: .team(team)) + (members == 0 ? [] : ["members \(members)"]))
  }

  func holdings(of role: RoleID) throws -> String {
    let holders = try writer.holders(of: .custom(role)).total
    return Self.digest(holders == 0 ? [] : ["holders \(holders)"])
  }

  /// What is in a connector or a list, and how many name an entry.
  func holdings(of entry: any CatalogueEntry) throws -> String {
    let naming = try SavedEntry(entry).map { try writer.namingCount(of: try $0.thing) } ?? 0
    return Self.digest(try parts(of: entry) + (naming == 0 ? [] : ["named by \(naming)"]))
  }

  private func parts(of entry: any CatalogueEntry) throws -> [String] {
    switch entry {
    case let connector as Connector:
      let counts = try writer.catalogueCounts(of: connector.id)
      let isBare = counts == CatalogueCounts(companies: 0, lists: 0, items: 0)
      return isBare ? [] : ["\(counts.companies) \(counts.lists) \(counts.items)"]
    case let list as CatalogueList:
      return try writer.items(of: list.connector).filter { $0.list == list.id }.map { "item \($0.id)" }
    default: return []
    }
  }

  private func rolesAndGrants(of subject: SubjectID) throws -> [String] {
    let roles = try writer.roles(of: subject).map { "role \($0.savedText)" }
    let grants = try writer.grants(of: subject).map { grant in
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      let json = String(decoding: try encoder.encode(SavedPermissions(grant.permissions)), as: UTF8.self)
      return "grant \(grant.connector) \(json)"
    }
    return roles + grants
  }

  private static func digest(_ texts: [String]) -> String {
    hex(SHA256.hash(data: Data(texts.sorted().joined(separator: "\n").utf8)).prefix(16))
  }
}
