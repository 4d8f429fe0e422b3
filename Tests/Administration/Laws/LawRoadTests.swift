import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

/// Roads that led past a law.
@Suite("Roads past a law", .onEachEngine)
struct LawRoadTests {
  let scene: Scene
  let catalogue: Scene.Catalogue
  let portal: Account
  /// May manage API users, teams and tokens, and is no Administrator.
  let manager: Administration

  init() throws {
    scene = try Scene()
    catalogue = try scene.catalogue()
    portal = try scene.apiUser()
    manager = scene.administration(
      as: try scene.user("mary", roles: [.builtIn(.securityAdministrator)]))
  }

  private func what(companies: [String]? = nil, lists: [String]? = nil) throws -> LawWhat<AsWritten> {
    try LawWhat(
      connector: Name("Business Central"),
      companies: companies.map { .only(Set(try $0.map { try Name($0) })) } ?? .all,
      lists: lists.map { .only(Set(try $0.map { try Name($0) })) } ?? .all)
  }

  private func never(
    reason: String = "", lists: [String] = ["Sales Orders"], except: [Name: Timestamp] = [:]
  ) throws -> Law<AsWritten> {
    try Law(
      name: Name("never"), reason: Summary(reason),
      form: .never(LawWho(apiUsers: .all), try what(lists: lists)), exceptions: except)
  }

  private func sales(_ lists: Coverage<ListID>, _ bounds: Bounds = .always) -> Permissions {
    Permissions(roles: [.user], companies: .all, lists: lists, bounds: bounds)
  }

  @Test("a law that is edited in a transaction is checked in that transaction, whatever the edit says")
  func editing() throws {
    let other = try scene.apiUser("Portal Peru")
    let day = scene.now.adding(days: 1), week = scene.now.adding(days: 7)
    try scene.change { try $0.addLaw(try never(except: [portal.name: day])) }
    try scene.change {
      try $0.setGrant(
        of: .account(portal.id), on: catalogue.connector,
        sales(.only([catalogue.lists[0]]), Bounds(until: day)))
    }
    let was = try never(except: [portal.name: day])
    let edits = [
      ("another reason", try never(reason: "audit", except: [portal.name: day]), other),
      ("an exception for another", try never(except: [portal.name: day, try Name("Shop"): week]), other),
      ("a longer exception, and a grant without end", try never(except: [portal.name: week]), portal),
    ]
    for (title, becomes, account) in edits {
      #expect(throws: LawTrouble.self, "\(title)") {
        try scene.change { change in
          try change.changeLaw(Edit(was: was, becomes: becomes))
          try change.setGrant(
            of: .account(account.id), on: catalogue.connector, sales(.only([catalogue.lists[0]])))
        }
      }
    }
    try scene.change { try $0.changeLaw(Edit(was: was, becomes: edits[0].1)) }
  }

  @Test("only an Administrator lets an API user come under a name that a law excepts")
  func exceptions() throws {
    let (coming, week) = (try Name("Portal Peru"), scene.now.adding(days: 7))
    try scene.change { try $0.addLaw(try never(except: [portal.name: week, coming: week])) }
    let other = try scene.apiUser("Shop")
    func refused(_ title: String, _ body: (Change) throws -> Void) {
      do {
        try manager.change(body)
        Issue.record("\(title) was made")
      } catch let trouble as LawTrouble {
        #expect(trouble.exitStatus == .notPermitted, "\(title)")
      } catch { Issue.record(error, "\(title)") }
    }
    refused("adding") { _ = try $0.addAccount(.apiUser, name: coming) }
    refused("renaming") { try $0.rename(other.id, to: coming) }
    refused("duplicating") { try $0.duplicate(other.id, as: try Name("portal peru")) }
    refused("taking over") { change in
      try change.deleteAccount(portal.id)
      try change.rename(other.id, to: portal.name)
    }
    try manager.change { try $0.deleteAccount(portal.id) }
    refused("restoring") { try $0.restore(DeletedThing(.apiUser, portal.id)) }
    _ = try scene.change { try $0.restore(DeletedThing(.apiUser, portal.id)) }
    // The exception follows the one for whom it is.
    try manager.change { try $0.rename(portal.id, to: try Name("Portal of Mexico")) }
    try manager.change { try $0.rename(other.id, to: portal.name) }
    try scene.change { try $0.rename(other.id, to: coming) }
  }

  private func refusal(of title: String, _ body: (Change) throws -> Void) -> LawTrouble? {
    do {
      try manager.change(body)
      Issue.record("\(title) was made")
    } catch let trouble as LawTrouble { return trouble } catch { Issue.record(error, "\(title)") }
    return nil
  }

  @Test("laws follow what is restored under another name, and undoing that names it in them as before")
  func restoringUnderAnotherName() throws {
    let team = try scene.change { try $0.addTeam(name: try Name("Partners")) }
    let list = try scene.read { try #require(try $0.list(catalogue.lists[0])) }
    let (label, kept) = (try Name("named"), try Name("Portal of old"))
    let who = try LawWho<AsWritten>(apiUsers: .named([portal.name]))
    let law = try Law<AsWritten>(name: label, form: .never(who, try what(lists: [list.name.text])))
    let within = try Law<AsWritten>(name: Name("within"), form: .within(who, team.name))
    try scene.change { change in
      try change.setGrant(
        of: .account(portal.id), on: catalogue.connector, sales(.only([catalogue.lists[1]])))
      try change.addLaw(law)
      try change.addLaw(Law(name: within.name, mode: .watch, form: within.form))
    }
    try manager.change { change in
      try change.deleteAccount(portal.id)
      try change.deleteTeam(team.id)
    }
    try scene.change { try $0.delete(list) }
    _ = try scene.change { try $0.restore(DeletedThing(.list, list.id), as: try Name("Orders")) }
    try manager.change { change in
      try change.restore(DeletedThing(.apiUser, portal.id), as: kept)
      try change.restore(DeletedThing(.team, team.id), as: try Name("Friends"))
    }
    let number = try #require(try manager.ownChanges().first).number
    func rules() throws -> [String] { try scene.read { try $0.laws().map { LawWords($0).rule } } }
    let followed = try rules()
    #expect(followed.allSatisfy { $0.contains(kept.text) && !$0.contains(portal.name.text) }, "\(followed)")
    #expect(followed[0].contains("Orders") && followed[1].contains("Friends"), "\(followed)")
    #expect(throws: LawTrouble.self) {
      try manager.change {
        try $0.setGrant(of: .account(portal.id), on: catalogue.connector, sales(.only([list.id])))
      }
    }
    try manager.undo(number)
    #expect(try rules().allSatisfy { $0.contains(portal.name.text) })
    try manager.undo(try #require(try manager.ownChanges().first).number)
    #expect(try rules() == followed)
  }

  @Test(
    "what took a name of a law stays in the law, and only an Administrator moves one of two such things out of it"
  )
  func sharedNames() throws {
    let (other, kept) = (try Name("Portal of old"), DeletedThing(.apiUser, portal.id))
    let who = try LawWho<AsWritten>(apiUsers: .named([portal.name]))
    let law = try Law<AsWritten>(name: Name("named"), form: .never(who, try what()))
    try scene.change { try $0.addLaw(law) }
    let dummy = try manager.change { change in
      try change.deleteAccount(portal.id)
      return try change.addAccount(.apiUser, name: portal.name)
    }
    let trouble = LawTrouble.namesSeveral(.apiUser, portal.name, law: law.name)
    #expect(refusal(of: "the deleted one moves") { try $0.restore(kept, as: other) } == trouble)
    #expect(refusal(of: "the new one moves") { try $0.rename(dummy.id, to: other) } == trouble)
    #expect(
      refusal(of: "the new one moves, deleted before") { change in
        try change.deleteAccount(dummy.id)
        try change.restore(DeletedThing(.apiUser, dummy.id), as: other)
      } == trouble)
    try manager.change { try $0.rename(dummy.id, to: try Name(portal.name.text.uppercased())) }
    _ = try scene.change { try $0.restore(kept, as: other) }
    let rule = try scene.read { try #require(try $0.laws().first.map { LawWords($0).rule }) }
    #expect(rule.contains(portal.name.text.uppercased()) && !rule.contains(other.text), "\(rule)")
  }

  @Test("to end a membership sooner, or to begin one later, is to leave whom a law means")
  func memberships() throws {
    let team = try scene.change { try $0.addTeam(name: try Name("Partners")) }
    let (day, week) = (scene.now.adding(days: 1), scene.now.adding(days: 7))
    func join(_ change: Change, _ bounds: Bounds) throws {
      try change.saveMembers(of: team.id, bounded: BoundedSet(portal.id, bounds), removing: [])
    }
    try scene.change { change in
      let who = try LawWho<AsWritten>(apiUsers: .members([try Name("Partners")]))
      let form = LawForm<AsWritten>.never(who, try what(lists: ["Sales Orders"]))
      try change.addLaw(try Law(name: Name("partners"), form: form))
      try join(change, Bounds(until: week))
    }
    for bounds in [Bounds(until: day), try Bounds(from: day, until: week)] {
      #expect(throws: LawTrouble.self) { try manager.change { try join($0, bounds) } }
    }
    try manager.change { try join($0, .always) }
    #expect(throws: LawTrouble.self) { try manager.change { try join($0, Bounds(until: week)) } }
    try scene.change { try join($0, Bounds(until: day)) }
  }

  @Test("the hint of a refusal names no command that shows what was not added")
  func hints() throws {
    let demands = try TokenDemands(needsNetworks: true)
    try scene.change {
      try $0.addLaw(Law(name: Name("networks"), form: .tokens(LawWho<AsWritten>(apiUsers: .all), demands)))
    }
    let cases: [(String, (Change) throws -> Void)] = [
      ("a new token", { _ = try $0.addToken(to: portal.id, name: try Name("web")) }),
      (
        "a new API user",
        { change in
          let account = try change.addAccount(.apiUser, name: try Name("Shop"))
          try change.addToken(to: account.id, name: try Name("web"))
        }
      ),
    ]
    for (title, body) in cases {
      #expect(refusal(of: title, body)?.hint == "nothing was changed", "\(title)")
    }
    let limits = TokenLimits(networks: Set([try #require(Network("10.0.0.0/8"))]))
    let token = try scene.change { try $0.addToken(to: portal.id, name: try Name("web"), limits: limits) }
    let shown = refusal(of: "without networks") { try $0.setLimits(.none, of: token.id) }?.hint
    #expect(shown?.contains("popsec token list 'Portal Mexico'") == true, "\(shown ?? "")")
  }

  private func openWidget(_ lists: [ListID]) throws -> Widget {
    Widget(
      id: .random(), name: try Name("Sales"), address: try Address("https://portal.example.com/sales"),
      connector: catalogue.connector, lists: Set(lists), isOpen: true)
  }

  @Test("an open widget that breaks a law shows no more of what the law forbids")
  func widgets() throws {
    let few = try openWidget([catalogue.lists[0]])
    var more = few
    more.lists = Set(catalogue.lists)
    try scene.change { change in
      let id = try change.add(few)
      #expect(id == few.id)
    }
    // A law that is broken already is only taken to watch; so the law names what does not exist so far.
    let lists = ["Sales Invoices", "Orders"]
    try scene.change { try $0.addLaw(try never(lists: lists)) }
    #expect(throws: LawTrouble.self) { try scene.change { try $0.update(more, was: few) } }
    let list = try scene.read { try #require(try $0.list(catalogue.lists[0])) }
    var renamed = list
    renamed.name = try Name("Orders")
    #expect(throws: LawTrouble.self, "a list under an open widget gets a name of the law") {
      try scene.change { try $0.update(renamed, was: list) }
    }
  }

  @Test("to remove the last company of a connector gives, where a grant has no company")
  func companies() throws {
    let us = try scene.read { try $0.companies(of: catalogue.connector) }
    try scene.change { change in
      var grant = sales(.only([catalogue.lists[0]]))
      grant.companies = .only([])
      try change.setGrant(of: .account(portal.id), on: catalogue.connector, grant)
      try change.addLaw(try never())
      try change.delete(us[0])
    }
    #expect(throws: LawTrouble.self) { try scene.change { try $0.delete(us[1]) } }
  }
}
