internal import Access
private import Crypto
private import Foundation
internal import Store

/// A digest of what a thing has. Two digests differ where the thing was given something, or lost something,
/// in between.
extension Change {
  /// The digest of a thing that was only just added and has nothing.
  static var bareHoldings: String { digest([]) }

  func holdings(of account: AccountID) throws -> String {
    let subject = SubjectID.account(account)
    let teams = try writer.teams(of: account).map { "team \($0.value.id)\($0.bounds.mark)" }
    let keys = try writer.publicKeys(of: account).map { "key \($0)" }
    let tokens = try writer.tokens(of: account).filter { $0.revokedAt == nil }.map { "token \($0.id)" }
    return Self.digest(try rolesAndGrants(of: subject) + teams + keys + tokens)
  }

  func holdings(of team: TeamID) throws -> String {
    Self.digest(try rolesAndGrants(of: .team(team)) + writer.dependents(of: DeletedThing(.team, team)))
  }

  func holdings(of role: RoleID) throws -> String {
    Self.digest(try writer.dependents(of: DeletedThing(.role, role)))
  }

  /// The digest of what a connector or a list contains and of what names the entry. For a widget or an
  /// endpoint the text lists the tokens that are limited to it one by one, because a token that was revoked
  /// since takes nothing from the entry.
  func holdings(of entry: CatalogueEntry) throws -> String {
    let dependents = try writer.dependents(of: entry.thing)
    return entry.kind.isPlace
      ? Self.tokensMark + dependents.sorted().joined(separator: ",") : Self.digest(dependents)
  }

  /// Whether the entry has no more than it had before, and is named by no more than before.
  func holds(_ entry: CatalogueEntry, noMoreThan before: String?) throws -> Bool {
    let present = try holdings(of: entry)
    guard present.hasPrefix(Self.tokensMark) else { return present == before ?? Self.bareHoldings }
    let tokens = { (text: String) in Set(text.dropFirst(Self.tokensMark.count).split(separator: ",")) }
    return tokens(present).isSubset(of: tokens(before ?? Self.tokensMark))
  }

  private static var tokensMark: String { "tokens:" }

  private func rolesAndGrants(of subject: SubjectID) throws -> [String] {
    let roles = try writer.roles(of: subject).bounded.map { "role \($0.value.codedText)\($0.bounds.mark)" }
    let grants = try writer.grants(of: subject).map { grant in
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      let json = try encoder.encode(GrantContent(permissions: grant.permissions))
      return "grant \(grant.connector) \(String(decoding: json, as: UTF8.self))"
    }
    return roles + grants
  }

  private static func digest(_ texts: [String]) -> String {
    hex(SHA256.hash(data: Data(texts.sorted().joined(separator: "\n").utf8)).prefix(16))
  }
}

extension Bounds {
  /// The bounds as a part of a digest's text. The text is empty where there are no bounds, so that it equals
  /// the texts from before bounds existed.
  fileprivate var mark: String { isAlways ? "" : " \(from?.description ?? "")..\(until?.description ?? "")" }
}

extension DeletedKind {
  /// Whether tokens can be limited to a thing of this kind.
  fileprivate var isPlace: Bool { self == .widget || self == .endpoint }
}
