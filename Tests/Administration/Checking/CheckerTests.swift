import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct CheckerTests {
  let mexico: CheckScene

  init() throws { mexico = try CheckScene() }

  @Test("names are found whole, without regard to case, as everywhere")
  func names() throws {
    #expect(try mexico.check(widget: " SALES ", company: "mx", list: "sales orders").decision.isAllowed)
    #expect(try mexico.check(widget: "Sale").decision.deniedStep == .catalogue)
  }

  @Test("a request is decided for whoever has the Token ID, the named token, the user or the team")
  func askers() throws {
    let id = try mexico.scene.change { try $0.reveal(mexico.token.id, for: .reveal) }
    let askers: [CheckRequest.Asker] = [
      .tokenID(id), .token(.named(mexico.token.name), of: mexico.portal),
      .token(.id(mexico.token.id), of: mexico.portal), .account(mexico.portal),
      .account(AccountReference(.apiUser, .id(mexico.user.id))), .team(.named(mexico.team.name)),
      .team(.id(mexico.team.id)),
    ]
    for asker in askers {
      let verdict = try mexico.check(asker, widget: "Sales")
      #expect(verdict.decision.isAllowed)
      #expect(verdict.giver == "team:Sales MX")
      #expect(
        verdict.decision.pairs == [
          AccessPair(company: mexico.catalogue.companies[0], list: mexico.catalogue.lists[0])
        ])
    }
  }

  @Test("an unknown token is a denial of step 1")
  func unknownTokens() throws {
    let other = try mexico.scene.apiUser("Portal US")
    let foreign = try mexico.scene.token(of: other, "theirs")
    let askers: [CheckRequest.Asker] = [
      .tokenID(.generate()), .malformedTokenID(.checksum), .token(Reference(text: "nope"), of: mexico.portal),
      .token(.noName, of: mexico.portal), .token(.id(foreign.id), of: mexico.portal),
    ]
    for asker in askers {
      let verdict = try mexico.check(asker, widget: "Sales")
      #expect(verdict.decision.deniedStep == .token)
      #expect(verdict.fixes().isEmpty)
    }
  }

  @Test("an unknown user, API user or team is an error, since there is nobody to decide about")
  func unknownSubjects() throws {
    let askers: [CheckRequest.Asker] = [
      .account(AccountReference(.apiUser, Reference(text: "Nobody"))),
      // Users and API users are different things, also by id.
      .account(AccountReference(.user, .named(mexico.user.name))),
      .account(AccountReference(.user, .id(mexico.user.id))),
      .account(AccountReference(.apiUser, .noName)),
      .token(.named(mexico.token.name), of: AccountReference(.apiUser, Reference(text: "Nobody"))),
      .team(Reference(text: "Nobody")), .team(.noName), .team(.id(.random())),
    ]
    for asker in askers {
      #expect(throws: AdministrationError.self) { try mexico.check(asker, widget: "Sales") }
    }
  }

  @Test("a deleted user's token is unknown; a deleted team gives nothing")
  func deleted() throws {
    let id = try mexico.scene.change { try $0.reveal(mexico.token.id, for: .reveal) }
    try mexico.scene.change { try $0.deleteTeam(mexico.team.id) }
    #expect(try mexico.check(.tokenID(id), widget: "Sales").decision.deniedStep == .surface)
    try mexico.scene.change { try $0.deleteAccount(mexico.user.id) }
    #expect(try mexico.check(.tokenID(id), widget: "Sales").decision.deniedStep == .token)
  }

  @Test("checking needs the permission to read security")
  func permission() throws {
    let request = CheckRequest(
      asker: .account(mexico.portal), surface: .widget(.id(mexico.widget.id)))
    for permission in Permission.allCases {
      let administration = mexico.scene.administration(only: [permission])
      if permission == .securityRead {
        #expect(try administration.check(request).decision.isAllowed)
      } else {
        #expect(throws: AdministrationError.notPermitted(.securityRead)) { try administration.check(request) }
      }
    }
  }

  @Test("a custom role opens what its permissions open, and nothing once it is deleted")
  func customRoles() throws {
    let subject = SubjectID.team(mexico.team.id)
    let role = try mexico.scene.change { change in
      let role = try change.addRole(
        RoleContent(name: try Name("Viewer"), summary: .empty, permissions: [.widgetsRead]))
      try change.saveRoles(
        of: subject,
        Edit(was: [.builtIn(.widgetReader), .builtIn(.apiReader)], becomes: [.custom(role.id)]))
      return role
    }
    let verdict = try mexico.check(widget: "Sales")
    #expect(verdict.decision.isAllowed)
    #expect(
      Explanation(verdict).steps[3].text == "Viewer opens widgets, given to team \u{201C}Sales MX\u{201D}")
    #expect(try mexico.check(list: "Sales Orders").decision.deniedStep == .surface)
    try mexico.scene.change { try $0.deleteRole(role.id) }
    #expect(try mexico.check(widget: "Sales").decision.deniedStep == .surface)
  }
}
