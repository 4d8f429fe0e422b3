import Access
import Store
import TestSupport
import TestTraits
import Testing

@testable import Administration

@Suite("Owners, notes and labels", .onEachEngine)
struct ParticularsTests {
  let scene: Scene

  init() throws { scene = try Scene() }

  private func about(_ owner: Owner? = nil, note: String = "", _ labels: String...) throws -> Particulars {
    Particulars(owner: owner, note: try Note(note), labels: try Labels(try labels.map { try Label($0) }))
  }

  private func undoLast() throws {
    let row = try #require(try scene.records.last { $0.isChange })
    _ = try scene.administration.undo(row.sequence)
  }

  @Test("are recorded in words, and undone")
  func recorded() throws {
    let ada = try scene.user("ada")
    let account = try scene.apiUser()
    let records = try scene.audited {
      try $0.setParticulars(try about(.user(ada.id), note: "of the shop", "env=prod"), of: account.id)
    }
    #expect(records.map(\.action) == ["apiUser.edit"])
    for word in ["user:ada", "of the shop", "env=prod"] {
      #expect(records.first?.details.contains(word) == true)
    }
    #expect(try scene.read { try $0.account(account.id) }?.particulars.owner == .user(ada.id))
    try undoLast()
    #expect(try scene.read { try $0.account(account.id) } == account)
  }

  @Test("an owner who was deleted since doesn't come back by undoing")
  func undoneDeletedOwner() throws {
    let ada = try scene.user("ada")
    let account = try scene.apiUser()
    let token = try scene.token(of: account)
    try scene.change {
      try $0.setParticulars(try about(.user(ada.id)), of: account.id)
      try $0.setParticulars(try about(.user(ada.id)), of: token.id)
    }
    let ofAccount = try scene.audited { try $0.setParticulars(.none, of: account.id) }
    let ofToken = try scene.audited { try $0.setParticulars(.none, of: token.id) }
    try scene.change { try $0.deleteAccount(ada.id) }
    for record in ofAccount + ofToken {
      #expect(throws: UndoProblem.self) { try scene.administration.undo(record.sequence) }
    }
  }

  @Test("of a token, too")
  func tokens() throws {
    let account = try scene.apiUser()
    let token = try scene.token(of: account)
    let records = try scene.audited {
      try $0.setParticulars(try about(.text(try OwnerText("web@example.com")), "env=prod"), of: token.id)
    }
    #expect(records.map(\.action) == ["token.describe"])
    #expect(try scene.read { try $0.token(token.id) }?.particulars.labels.words == ["env=prod"])
    try undoLast()
    #expect(try scene.read { try $0.token(token.id) } == token)
  }

  @Test("who made an API user and a token is kept as the audit log names them")
  func creators() throws {
    let account = try scene.apiUser()
    let token = try scene.token(of: account)
    #expect(try scene.read { try $0.account(account.id) }?.createdBy == "ops")
    #expect(try scene.read { try $0.token(token.id) }?.createdBy == "ops")
  }

  @Test("only a user who is there becomes an owner, and one who is deleted stays one")
  func deletedOwners() throws {
    let ada = try scene.user("ada")
    let account = try scene.apiUser()
    for id in [AccountID.random(), account.id] {
      #expect(throws: AdministrationError.noOwner(id)) {
        try scene.change { try $0.setParticulars(try about(.user(id)), of: account.id) }
      }
    }
    #expect(throws: AdministrationError.notForUsers) {
      try scene.change { try $0.setParticulars(try about(nil, "env=prod"), of: ada.id) }
    }
    try scene.change { try $0.setParticulars(try about(.user(ada.id)), of: account.id) }
    func ownership() throws -> Ownership { try scene.read { try Ownership(.user(ada.id), in: $0) } }
    #expect(try ownership() == .owned)
    try scene.change { try $0.setEnabled(false, ada.id) }
    #expect(try ownership() == .disabledUser)
    try scene.change { try $0.deleteAccount(ada.id) }
    #expect(try ownership() == .deletedUser)
    let names = try scene.read { try NameBook(owners: [.user(ada.id)], in: $0) }
    #expect(names.name(Owner.user(ada.id)) == "a user who is deleted")
    // What else is said of it doesn't take the owner away.
    try scene.change { try $0.setParticulars(try about(.user(ada.id), "env=prod"), of: account.id) }
    #expect(throws: AdministrationError.noOwner(ada.id)) {
      try scene.change {
        try $0.addAccount(.apiUser, name: try Name("B"), particulars: try about(.user(ada.id)))
      }
    }
  }

  @Test("the state after each row has them")
  func state() throws {
    let ada = try scene.user("ada")
    let account = try scene.change {
      try $0.addAccount(.apiUser, name: try Name("A"), particulars: try about(.user(ada.id), "env=prod"))
    }
    let token = try scene.change {
      try $0.addToken(to: account.id, name: try Name("t"), particulars: try about(note: "a\nb", "x=y"))
    }
    try scene.change { try $0.setParticulars(.none, of: account.id) }
    try scene.change { try $0.setParticulars(try about(.user(ada.id)), of: token.id) }
    var present = StoreState()
    try scene.read { try $0.forEachFact { present.insert($0) } }
    let last = try #require(try scene.records.last).sequence
    #expect(try scene.administration.state(asOf: last) == present)
    #expect(try scene.administration.state(asOf: last - 1) != present)
  }

  @Test("a review tells which live tokens nobody answers for")
  func review() throws {
    let ada = try scene.user("ada")
    let account = try scene.apiUser()
    let token = try scene.token(of: account)
    func kinds() throws -> [String] {
      var found: [String] = []
      try scene.administration.review { found += $0.flatMap { $0.findings.map(\.kind) } }
      return found.filter { $0.lowercased().contains("owner") }
    }
    #expect(try kinds() == ["noOwner"])
    try scene.change { try $0.setParticulars(try about(.text(try OwnerText("web"))), of: account.id) }
    #expect(try kinds() == [])
    try scene.change { try $0.setParticulars(try about(.user(ada.id)), of: token.id) }
    #expect(try kinds() == [])
    try scene.change { try $0.setEnabled(false, ada.id) }
    #expect(try kinds() == ["ownerDisabled"])
    try scene.change { try $0.deleteAccount(ada.id) }
    #expect(try kinds() == ["ownerDeleted"])
  }

  @Test("labels are typed with spaces or commas between them")
  func typed() throws {
    #expect(try Labels(typed: " env=prod, kind=portal ").words == ["env=prod", "kind=portal"])
    #expect(throws: LabelProblem.form) { try Labels(typed: "env") }
    #expect(try Labels(typed: "") == .none)
  }
}
