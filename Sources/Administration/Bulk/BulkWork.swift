internal import Access
internal import Store

/// An action on many accounts, with what it needs to know of the store, read once for all of them.
struct BulkWork {
  let action: BulkAction
  let named: Name?
  let rights: Rights?
  private let now: Timestamp

  init(_ action: BulkAction, _ reader: any SecurityReader, now: Timestamp) throws {
    self.action = action
    self.now = now
    switch action {
    case .addToTeam(let id, _), .removeFromTeam(let id):
      guard let team = try reader.team(id) else {
        throw AdministrationError.missing(kind: "team", name: id.description)
      }
      (named, rights) = (team.name, nil)
    case .copyRights(let id, _):
      guard let account = try reader.account(id) else {
        throw AdministrationError.missing(kind: "user or API user", name: id.description)
      }
      (named, rights) = (account.name, try reader.rights(of: .account(id)))
    case .enable, .disable, .duplicate, .revokeTokens, .setExpiry, .delete: (named, rights) = (nil, nil)
    }
  }

  /// The tokens that the action changes; nil where it changes nothing of the account.
  func changedTokens(of account: Account, _ reader: any SecurityReader) throws -> [Token]? {
    switch action {
    case .enable: return account.isEnabled ? nil : []
    case .disable: return account.isEnabled ? [] : nil
    case .addToTeam(let team, let bounds):
      guard let present = try reader.members(of: team, among: [account.id])[account.id] else { return [] }
      return bounds.map { $0 != present } == true ? [] : nil
    case .removeFromTeam(let team):
      return try reader.members(of: team, among: [account.id]).isEmpty ? nil : []
    case .copyRights: return try rightsEdit(of: account, reader) == nil ? nil : []
    case .duplicate: return []
    case .revokeTokens: return try tokens(of: account, reader) { _ in true }
    case .setExpiry(let expiry): return try tokens(of: account, reader) { $0.expiry != expiry }
    case .delete: return try tokens(of: account, reader) { _ in true } ?? []
    }
  }

  private func tokens(
    of account: Account, _ reader: any SecurityReader, where isMeant: (Token) -> Bool
  ) throws -> [Token]? {
    let tokens = try reader.tokens(of: account.id).filter { $0.revokedAt == nil && isMeant($0) }
    return tokens.isEmpty ? nil : tokens
  }

  /// What an account has, and will have; nil where the action does not change its rights.
  ///
  /// Errors: ``BulkProblem/apart(_:of:)``.
  func rightsEdit(of account: Account, _ reader: any SecurityReader) throws -> Edit<Rights>? {
    guard case .copyRights(let source, let isReplacing) = action, let rights, account.id != source else {
      return nil
    }
    let was = try reader.rights(of: .account(account.id))
    let becomes: Rights
    do throws(ApartRights) { becomes = isReplacing ? rights : try was.adding(rights, from: now) } catch {
      throw BulkProblem.apart(try reader.words(of: error), of: account.name)
    }
    return becomes == was ? nil : Edit(was: was, becomes: becomes)
  }

  /// The name of the copy that the action makes of an account; nil for another action.
  ///
  /// Errors: ``BulkProblem/copyName(of:_:)``.
  func copyName(of account: Account) throws(BulkProblem) -> Name? {
    guard case .duplicate(let suffix) = action else { return nil }
    do { return try suffix.name(after: account.name) } catch { throw .copyName(of: account.name, error) }
  }
}

extension SecurityReader {
  /// What can't be joined, in words.
  fileprivate func words(of apart: ApartRights) throws -> String {
    switch apart {
    case .team(let id): return "time in the team \(quoted(try team(id)?.name.text ?? id.description))"
    case .role(.builtIn(let role)): return "time with the role \(quoted(role.rawValue))"
    case .role(.custom(let id)):
      return "time with the role \(quoted(try customRole(id)?.name.text ?? id.description))"
    case .grant(let id): return "grant on \(quoted(try connector(id)?.name.text ?? id.description))"
    }
  }
}
