import Access
import Administration
import Store
import TestSupport
import Testing

/// The effect that a rehearsal tells against what checks say before and after the change was made.
@Suite struct EffectPropertyTests {
  /// All pairs that some request for them is allowed, by whichever surface.
  private func pairs(_ mexico: CheckScene) throws -> Set<AccessPair> {
    var allowed: Set<AccessPair> = []
    try mexico.scene.administration.check { checker in
      for company in mexico.catalogue.companies {
        for list in mexico.catalogue.lists {
          for surface in [
            CheckRequest.Surface.api(.id(mexico.catalogue.connector)), .widget(.id(mexico.widget.id)),
          ] {
            let request = CheckRequest(
              asker: .account(AccountReference(.apiUser, .id(mexico.user.id))), surface: surface,
              company: .id(company), list: .id(list))
            if try checker.check(request).decision.isAllowed {
              allowed.insert(AccessPair(company: company, list: list))
            }
          }
        }
      }
    }
    return allowed
  }

  private func change(_ mexico: CheckScene, _ random: inout Seeded) -> (Change) throws -> Void {
    let subject: SubjectID = random.flip() ? .team(mexico.team.id) : .account(mexico.user.id)
    let companies = mexico.catalogue.companies.filter { _ in random.flip() }
    let lists = mexico.catalogue.lists.filter { _ in random.flip() }
    let roles: Set<ConnectorRole> = random.flip(8) ? [.administrator] : random.flip(4) ? [.reader] : [.user]
    let isAll = random.flip(4)
    let systemRoles = Set(
      [BuiltInRole.widgetReader, .apiReader].filter { _ in random.flip() }.map(SystemRole.builtIn))
    let isMember = random.flip()
    let isEnabled = random.flip(3) == false
    switch Int.random(in: 0..<5, using: &random) {
    case 0, 1:
      return { change in
        try change.setGrant(
          of: subject, on: mexico.catalogue.connector,
          Permissions(
            roles: roles, companies: isAll ? .all : .only(Set(companies)),
            lists: isAll ? .all : .only(Set(lists))))
      }
    case 2:
      return { change in
        try change.saveRoles(
          of: subject, Edit(was: try change.reader.roles(of: subject).elements, becomes: systemRoles))
      }
    case 3:
      return { change in
        try change.saveMembers(
          of: mexico.team.id, adding: isMember ? [mexico.user.id] : [],
          removing: isMember ? [] : [mexico.user.id])
      }
    default: return { try $0.setEnabled(isEnabled, mexico.user.id) }
    }
  }

  @Test("an effect tells what checks say before and after", arguments: Engine.runs(0..<6, inDatabase: 1))
  func agrees(run: Engine.Run) throws {
    let (mexico, seed) = (try CheckScene(run.engine), run.seed)
    var random = Seeded(state: seed)
    for step in 0..<40 {
      let body = change(mexico, &random)
      let before = try pairs(mexico)
      let effect = try mexico.scene.administration.effect(of: { try $0.change(body) })
      #expect(try pairs(mexico) == before, "seed \(seed) step \(step): the rehearsal left something")
      try mexico.scene.change(body)
      let after = try pairs(mexico)
      let told = effect.accounts.first { $0.account == mexico.user.id }
      #expect(
        Set(told?.gainedPairs.keys.map(\.pair) ?? []) == after.subtracting(before),
        "seed \(seed) step \(step)")
      #expect(
        Set(told?.lostPairs.keys.map(\.pair) ?? []) == before.subtracting(after), "seed \(seed) step \(step)")
    }
  }
}
