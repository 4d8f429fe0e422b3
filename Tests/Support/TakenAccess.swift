package import Access
package import Administration
import Foundation
import SQLiteStore
import Sealing
import Store

/// An API user who has what opens a widget, each in one way only, and each way to take that away.
package final class TakenAccess {
  package let administration: Administration
  private let account: AccountID
  private let team: TeamID
  private let widget: Widget
  package private(set) var token: TokenRowID
  /// The Token ID that is shown to the gate.
  package private(set) var tokenID = ""
  package let name: String

  /// What is taken away; given back, the widget opens again.
  package enum Part: String, CaseIterable, Sendable {
    case token, tokenDisabled, limits, end, account, membership, role, grant, widget, list
  }

  /// Makes the API user in the store at a path, which needs a widget.
  package init(_ path: String, named text: String = "Portal Mexico") throws {
    name = text
    let keys = KeyFolder(path: path + "/keys")
    let store = try SQLiteStore.open(StoreFolder(path: path), now: Surroundings.system.now())
    administration = Administration(
      store: store, ring: KeyRing(try keys.load(), folder: keys),
      operating: Operator(
        actor: Actor(name: "test", frontEnd: .commandLine), permissions: Set(Permission.allCases)))
    (account, team, widget, token) = try administration.change { change in
      guard let widget = try change.reader.widgets().first else {
        throw AdministrationError.missing(kind: "widget", name: "that opens")
      }
      let account = try change.addAccount(.apiUser, name: Name(text))
      let team = try change.addTeam(name: Name("Team of \(text)"))
      let token = try change.addToken(to: account.id, name: Name("portal"))
      return (account.id, team.id, widget, token.id)
    }
    try learn()
    for part in Part.allCases where part != .token { try set(part, true) }
  }

  /// The path of the widget, with the Token ID.
  package var target: String { "\(widget.address.rawPath)?token=\(tokenID)" }

  private func learn() throws {
    tokenID = try administration.change { try $0.reveal(token, for: .copy) }.revealed
  }

  /// Gives or takes one part, in one change that is committed when this returns.
  package func set(_ part: Part, _ isGiven: Bool) throws {
    try administration.change { change in
      switch part {
      case .token where isGiven: token = try change.addToken(to: account, name: Name(UUID().uuidString)).id
      case .token: try change.revoke(token)
      case .tokenDisabled: try change.setDisabled(!isGiven, token)
      case .limits:
        let networks = isGiven ? [] : [Network("192.0.2.0/24")].compactMap { $0 }
        try change.setLimits(TokenLimits(networks: Set(networks)), of: token)
      case .end: try change.setExpiry(isGiven ? .never : .at(change.now), of: token)
      case .account: try change.setEnabled(isGiven, account)
      case .membership:
        try change.saveMembers(of: team, adding: isGiven ? [account] : [], removing: isGiven ? [] : [account])
      case .role:
        let was = try change.reader.roles(of: .team(team)).elements
        try change.saveRoles(
          of: .team(team), Edit(was: was, becomes: isGiven ? [.builtIn(.widgetReader)] : []))
      case .grant:
        try change.setGrant(of: .team(team), on: widget.connector, isGiven ? permissions : .none)
      case .widget:
        for present in try change.reader.widgets() where present.id == widget.id {
          try change.setEnabled(isGiven, present)
        }
      case .list:
        var given = permissions
        if !isGiven { given.lists = .only([]) }
        try change.setGrant(of: .team(team), on: widget.connector, given)
      }
    }
    if part == .token, isGiven { try learn() }
  }

  private var permissions: Permissions {
    Permissions(roles: [.user], companies: .all, lists: .only(widget.lists))
  }

  package func setEnd(_ end: Timestamp) throws {
    try administration.change { try $0.setExpiry(.at(end), of: token) }
  }

  package var tokenName: String {
    get throws { try administration.read { try $0.token(token)?.name.text ?? "" } }
  }
}
