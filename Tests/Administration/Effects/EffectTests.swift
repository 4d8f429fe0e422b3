import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct EffectTests {
  let mexico: CheckScene

  init() throws { mexico = try CheckScene() }

  private func effect(
    bounds: EffectBounds = EffectBounds(), _ body: (Change) throws -> Void
  ) throws -> AccessEffect {
    try mexico.scene.administration.effect(of: { try $0.change(body) }, bounds: bounds)
  }

  /// The lines with straight quotes, which are easier to type.
  private func lines(_ effect: AccessEffect) -> [String] {
    EffectWords(effect).lines.map { line in
      String(line.text.map { "\u{201C}\u{201D}".contains($0) ? "\"" : $0 })
    }
  }

  private let portal = "API user \"Portal Mexico\""

  @Test("giving a list to a team has an effect for its members, and for their tokens that open more")
  func gains() throws {
    let effect = try effect { change in
      try change.setGrant(
        of: .team(mexico.team.id), on: mexico.catalogue.connector,
        Permissions(
          roles: [.user], companies: .only([mexico.catalogue.companies[0]]),
          lists: .only(Set(mexico.catalogue.lists)), items: [.action: .all]))
    }
    #expect(
      lines(effect) == [
        "1 API user gains 1 pair of company and list",
        "\(portal) gains Sales Invoices of MX (Business Central)",
        "\(portal) gains action Release of Sales Invoices, action Release of Sales Orders",
      ])
    #expect(effect.warnings.isEmpty)
  }

  @Test("losing the last access of a live token is called out, by whatever road")
  func lastAccess() throws {
    let roads: [(String, (Change) throws -> Void)] = [
      (
        "the grant goes",
        { try $0.setGrant(of: .team(mexico.team.id), on: mexico.catalogue.connector, .none) }
      ),
      ("the team goes", { try $0.deleteTeam(mexico.team.id) }),
      ("out of the team", { try $0.saveTeams(of: mexico.user.id, Edit(was: [mexico.team.id], becomes: [])) }),
      (
        "removed as a member",
        { try $0.saveMembers(of: mexico.team.id, adding: [], removing: [mexico.user.id]) }
      ),
      ("disabled", { try $0.setEnabled(false, mexico.user.id) }),
      ("deleted", { try $0.deleteAccount(mexico.user.id) }),
      ("the token disabled", { try $0.setDisabled(true, mexico.token.id) }),
      ("the token revoked", { try $0.revoke(mexico.token.id) }),
      ("the token expired", { try $0.setExpiry(.at(mexico.scene.now), of: mexico.token.id) }),
      (
        "limited to what it can't open",
        { change in
          let other = try change.add(
            Widget(
              id: .random(), name: try Name("Invoices"), address: try Address("https://h/invoices"),
              connector: mexico.catalogue.connector, lists: [mexico.catalogue.lists[1]]))
          try change.setLimits(TokenLimits(widgets: [other]), of: mexico.token.id)
        }
      ),
      (
        "the roles go",
        {
          try $0.saveRoles(
            of: .team(mexico.team.id),
            Edit(was: [.builtIn(.widgetReader), .builtIn(.apiReader)], becomes: []))
        }
      ),
      (
        "the list leaves the catalogue",
        { change in
          let lists = try change.reader.lists(of: mexico.catalogue.connector)
          try change.delete(try #require(lists.first { $0.id == mexico.catalogue.lists[0] }))
        }
      ),
    ]
    for (road, body) in roads {
      let effect = try effect(body)
      #expect(effect.warnings == [.lastAccess(mexico.token.id, of: mexico.user.id)], "\(road)")
      #expect(effect.losingTokens == 1, "\(road)")
    }
  }

  @Test("a change of nobody's access has no effect")
  func nothing() throws {
    let effects = [
      try effect { try $0.rename(mexico.user.id, to: try Name("Other")) },
      try effect { try $0.rename(mexico.token.id, to: try Name("other")) },
      try effect { try $0.setExpiry(.never, of: mexico.token.id) },
      try effect { _ = try $0.addTeam(name: try Name("Empty")) },
      try effect { _ in },
      // Without a role that opens a surface, a grant alone gives nothing yet.
      try effect { change in
        let other = try change.addAccount(.apiUser, name: try Name("Other"))
        try change.setGrant(
          of: .account(other.id), on: mexico.catalogue.connector, Permissions(roles: [.administrator]))
      },
    ]
    for effect in effects where !effect.isEmpty { Issue.record("\(lines(effect))") }
    #expect(lines(effects[0]) == ["changes nobody's access"])
  }

  @Test("an API user that becomes Administrator is called out, also by a team")
  func administrator() throws {
    let own = try effect {
      try $0.saveRoles(of: .account(mexico.user.id), Edit(was: [], becomes: [.builtIn(.administrator)]))
    }
    let byTeam = try effect {
      try $0.saveRoles(
        of: .team(mexico.team.id),
        Edit(was: [.builtIn(.widgetReader), .builtIn(.apiReader)], becomes: [.builtIn(.administrator)]))
    }
    for effect in [own, byTeam] {
      #expect(effect.warnings.contains(.administratorToAPIUser(mexico.user.id)))
      #expect(lines(effect).contains("\(portal) becomes Administrator: it may see everything"))
      #expect(effect.gainedPairs == 3)
    }
  }

  @Test("ceasing to be Administrator is called out; leaving none, or locking oneself out, is refused")
  func lockout() throws {
    let scene = mexico.scene
    let ops = try scene.user("ops", roles: [.builtIn(.administrator)])
    let other = try scene.user("other", roles: [.builtIn(.administrator)])
    let asOps = scene.administration(as: ops)
    func effect(_ body: (Change) throws -> Void) throws -> AccessEffect {
      try asOps.effect(of: { try $0.change(body) })
    }
    let stepDown = Edit<Set<SystemRole>>(
      was: [.builtIn(.administrator)], becomes: [.builtIn(.securityReader)])
    let lost = try effect { try $0.saveRoles(of: .account(ops.id), stepDown) }
    #expect(lost.warnings == [.noLongerAdministrator(ops.id)])
    #expect(throws: AdministrationError.lockOut) { try effect { try $0.setEnabled(false, ops.id) } }
    try scene.change { try $0.setEnabled(false, other.id) }
    #expect(throws: AdministrationError.lastAdministrator) {
      try effect { try $0.saveRoles(of: .account(ops.id), stepDown) }
    }
  }

  @Test("a rehearsal leaves nothing behind, and what it throws is thrown")
  func leavesNothing() throws {
    let before = try mexico.scene.records
    _ = try effect { change in
      try change.deleteTeam(mexico.team.id)
      try change.revoke(mexico.token.id)
      _ = try change.addAccount(.apiUser, name: try Name("New"))
    }
    #expect(try mexico.scene.records == before)
    #expect(try mexico.check(widget: "Sales").decision.isAllowed)
    #expect(throws: AdministrationError.self) { try effect { try $0.deleteTeam(.random()) } }
    #expect(throws: AdministrationError.notPermitted(.teamsManage)) {
      try mexico.scene.administration(only: [.securityRead]).effect(of: { administration in
        try administration.change { try $0.deleteTeam(mexico.team.id) }
      })
    }
  }

  @Test("beyond the bounds it says that there are more")
  func bounds() throws {
    try mexico.scene.change { change in
      for number in 0..<5 {
        let user = try change.addAccount(.apiUser, name: try Name("User \(number)"))
        try change.saveTeams(of: user.id, Edit(was: [], becomes: [mexico.team.id]))
      }
    }
    let cut = try effect(bounds: EffectBounds(examined: 3, listed: 2)) { try $0.deleteTeam(mexico.team.id) }
    #expect(cut.isCut)
    #expect(cut.examined == 3)
    #expect(cut.losingAccounts == 3)
    #expect(cut.accounts.count == 2)
    #expect(EffectWords(cut).summary.hasSuffix("; there are more"))
    let whole = try effect { try $0.deleteTeam(mexico.team.id) }
    #expect(!whole.isCut)
    #expect(whole.losingAccounts == 6)
  }
}
