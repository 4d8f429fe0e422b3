import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct GrantTests {
  let scene: Scene
  let catalogue: Scene.Catalogue
  let subject: SubjectID

  init() throws {
    let scene = try Scene()
    catalogue = try scene.catalogue()
    subject = .account(try scene.apiUser().id)
    self.scene = scene
  }

  private var permissions: Permissions {
    Permissions(
      roles: [.user], companies: .only([catalogue.companies[0]]), lists: .only([catalogue.lists[0]]),
      items: [.action: .only([catalogue.actions[0]])])
  }

  private var stored: Permissions? {
    get throws { try scene.read { try $0.grant(of: subject, on: catalogue.connector) }?.permissions }
  }

  @Test("a grant is stored as it was given, and recorded by names")
  func sets() throws {
    let records = try scene.audited { try $0.setGrant(of: subject, on: catalogue.connector, permissions) }
    #expect(try stored == permissions)
    #expect(records.map(\.action) == ["apiUser.grant"])
    #expect(try records.first?.field("connector") == ["after": "Business Central"])
    #expect(try records.first?.field("lists") == ["before": "", "after": "Sales Orders"])
    #expect(try records.first?.field("actions") == ["before": "", "after": "Sales Orders: Release"])
    #expect(try scene.audited { try $0.setGrant(of: subject, on: catalogue.connector, permissions) }.isEmpty)
  }

  @Test("all is stored as all, apart from every one")
  func all() throws {
    let all = Permissions(roles: [.user], companies: .all, lists: .all, items: [.detail: .all])
    try scene.change { try $0.setGrant(of: subject, on: catalogue.connector, all) }
    #expect(try stored == all)
    var every = all
    every.lists = .only(Set(catalogue.lists))
    try scene.change { try $0.setGrant(of: subject, on: catalogue.connector, every) }
    #expect(try stored?.lists == .only(Set(catalogue.lists)))
  }

  @Test("a grant of nothing is no grant")
  func removes() throws {
    try scene.change { try $0.setGrant(of: subject, on: catalogue.connector, permissions) }
    try scene.change { try $0.setGrant(of: subject, on: catalogue.connector, .none) }
    #expect(try stored == nil)
  }

  @Test("a change of others on another page stays, and on the same page it is a conflict")
  func pages() throws {
    var mine = Permissions.none
    mine.roles = [.user]
    try scene.change {
      try $0.saveGrant(of: subject, on: catalogue.connector, .roles, Edit(was: .none, becomes: mine))
    }
    var other = Permissions.none
    other.companies = .all
    try scene.change {
      try $0.saveGrant(of: subject, on: catalogue.connector, .companies, Edit(was: .none, becomes: other))
    }
    #expect(try stored?.roles == [.user])
    #expect(try stored?.companies == .all)
    var late = Permissions.none
    late.companies = .only([catalogue.companies[0]])
    #expect(throws: EditConflict<Permissions>.self) {
      try scene.change {
        try $0.saveGrant(of: subject, on: catalogue.connector, .companies, Edit(was: .none, becomes: late))
      }
    }
    #expect(try stored?.companies == .all)
  }

  @Test("a thing that the connector does not have can't be granted")
  func foreignParts() throws {
    let wrong = [
      Permissions(companies: .only([.random()])), Permissions(lists: .only([.random()])),
      Permissions(
        lists: .all, items: [.action: .only([ListItem(list: catalogue.lists[0], item: .random())])]),
      Permissions(lists: .all, items: [.detail: .only([catalogue.actions[0]])]),
      Permissions(
        lists: .all,
        items: [.action: .only([ListItem(list: catalogue.lists[1], item: catalogue.actions[0].item)])]),
    ]
    for permissions in wrong {
      #expect(throws: AdministrationError.self) {
        try scene.change { try $0.setGrant(of: subject, on: catalogue.connector, permissions) }
      }
    }
    #expect(throws: AdministrationError.self) {
      try scene.change { try $0.setGrant(of: subject, on: .random(), permissions) }
    }
    #expect(try stored == nil)
  }
}
