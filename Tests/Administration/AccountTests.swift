import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

@Suite(.onEachEngine) struct AccountTests {
  let scene: Scene

  init() throws { scene = try Scene() }

  @Test("adding an API user is recorded with its name", arguments: AccountKind.allCases)
  func adds(kind: AccountKind) throws {
    let records = try scene.audited { try $0.addAccount(kind, name: try Name("Portal")) }
    #expect(records.map(\.action) == ["\(kind.rawValue).add"])
    #expect(records.first?.target.name == "Portal")
    #expect(records.first?.actor.name == "ops")
    #expect(records.first?.at == scene.now)
    let found = try scene.read { try $0.account(kind, named: NameKey(try Name("PORTAL"))) }
    #expect(found?.id.description == records.first?.target.id)
    #expect(found?.isEnabled == true)
  }

  @Test(
    "a name in use is refused, also in other case",
    arguments: ["Portal Mexico", "PORTAL MEXICO", "portal mexico"])
  func refusesTaken(name: String) throws {
    _ = try scene.apiUser()
    let name = try Name(name)
    #expect(throws: AdministrationError.nameTaken(kind: "API user", name: name)) {
      try scene.change { try $0.addAccount(.apiUser, name: name) }
    }
    // A user may have the same name, because a user is another kind of account.
    try scene.change { _ = try $0.addAccount(.user, name: name) }
  }

  @Test("an API user gets no Unix account, and a Unix account belongs to one user")
  func unixAccounts() throws {
    let unix = UnixAccountName("ops")
    #expect(throws: AdministrationError.notForAPIUsers) {
      try scene.change { try $0.addAccount(.apiUser, name: try Name("a"), unixAccount: unix) }
    }
    try scene.change { _ = try $0.addAccount(.user, name: try Name("ops"), unixAccount: unix) }
    #expect(throws: AdministrationError.self) {
      try scene.change { try $0.addAccount(.user, name: try Name("other"), unixAccount: unix) }
    }
  }

  @Test("renaming and disabling are recorded with what was before and after")
  func edits() throws {
    let account = try scene.apiUser()
    let renamed = try scene.audited { try $0.rename(account.id, to: try Name("Portal MX")) }
    #expect(renamed.map(\.action) == ["apiUser.edit"])
    #expect(try renamed.first?.field("name") == ["before": "Portal Mexico", "after": "Portal MX"])
    #expect(try renamed.first?.field("enabled") == nil)
    let disabled = try scene.audited { try $0.setEnabled(false, account.id) }
    #expect(try disabled.first?.field("enabled") == ["before": "true", "after": "false"])
  }

  @Test("a save that changes nothing is not recorded")
  func nothingToDo() throws {
    let account = try scene.apiUser()
    #expect(try scene.audited { try $0.setEnabled(true, account.id) }.isEmpty)
    #expect(try scene.audited { try $0.rename(account.id, to: account.name) }.isEmpty)
  }

  @Test("its own name in other case is no conflict")
  func recases() throws {
    let account = try scene.apiUser()
    try scene.change { try $0.rename(account.id, to: try Name("PORTAL Mexico")) }
    #expect(try scene.read { try $0.account(account.id) }?.name.text == "PORTAL Mexico")
  }

  @Test("a save after somebody else's is a conflict, unless both are the same")
  func conflicts() throws {
    let account = try scene.apiUser()
    let was = AccountGeneral(account)
    var mine = was
    mine.name = try Name("Mine")
    var theirs = was
    theirs.name = try Name("Theirs")
    try scene.change { try $0.saveGeneral(account.id, Edit(was: was, becomes: theirs)) }
    let conflict = #expect(throws: EditConflict<AccountGeneral>.self) {
      try scene.change { try $0.saveGeneral(account.id, Edit(was: was, becomes: mine)) }
    }
    #expect(conflict?.current == theirs)
    #expect(conflict?.mine == mine)
    #expect(try scene.audited { try $0.saveGeneral(account.id, Edit(was: was, becomes: theirs)) }.isEmpty)
  }

  @Test("deleting revokes its tokens, and gives the name free")
  func deletes() throws {
    let account = try scene.apiUser()
    let token = try scene.token(of: account)
    let records = try scene.audited { try $0.deleteAccount(account.id) }
    #expect(records.map(\.action) == ["token.revoke", "apiUser.delete"])
    #expect(try scene.read { try $0.account(account.id) } == nil)
    #expect(try scene.read { try $0.token(token.id) }?.revokedAt ?? scene.now == scene.now)
    let again = try scene.apiUser()
    #expect(again.id != account.id)
    #expect(try scene.read { try $0.tokens(of: again.id) }.isEmpty)
  }

  @Test("SSH keys are a user's alone")
  func publicKeys() throws {
    let user = try scene.change { try $0.addAccount(.user, name: try Name("ops")) }
    let keys = ["ssh-ed25519 AAAA ops@laptop"]
    #expect(try scene.audited { try $0.setPublicKeys(keys, of: user.id) }.map(\.action) == ["user.keys"])
    #expect(try scene.audited { try $0.setPublicKeys(keys, of: user.id) }.isEmpty)
    #expect(try scene.read { try $0.publicKeys(of: user.id) } == keys)
    let portal = try scene.apiUser()
    #expect(throws: AdministrationError.notForAPIUsers) {
      try scene.change { try $0.setPublicKeys(keys, of: portal.id) }
    }
  }
}
