import Access
import Administration
import Store
import TestSupport
import TestTraits
import Testing

/// A person who comes by the Unix account of root or of the store's owner is the user with that account.
@Suite(.onEachEngine) struct OwnersAccountTests {
  let scene: Scene
  let admin: Account
  let clerk: Account
  let target: Account

  init() throws {
    scene = try Scene()
    admin = try scene.user("admin", roles: [.builtIn(.administrator)])
    clerk = try scene.user("clerk", roles: [.builtIn(.securityAdministrator)])
    target = try scene.user("target")
  }

  private func administration(as user: Account) -> Administration {
    let now = scene.now
    return Administration(
      store: scene.store, keys: scene.keys, operating: scene.administration(as: user).operating,
      surroundings: Surroundings(
        now: { now }, makeTokenID: { .generate() }, isOwners: { ["root", "popsec"].contains($0.text) }))
  }

  private func roads(_ unix: String) throws -> [(String, (Administration) throws -> Void)] {
    let account = UnixAccountName(unix)
    let was = AccountGeneral(target)
    var becomes = was
    becomes.unixAccount = account
    let edit = Edit(was: was, becomes: becomes)
    let deleted = try scene.change { change in
      let user = try change.addAccount(.user, name: try Name("deleted \(unix)"), unixAccount: account)
      try change.deleteAccount(user.id)
      return DeletedThing(.user, user.id)
    }
    let changed = try scene.change { change in
      try change.addAccount(.user, name: try Name("changed \(unix)"), unixAccount: account)
    }
    let asClerk = administration(as: clerk)
    var without = AccountGeneral(changed)
    without.unixAccount = nil
    let taking = Edit(was: AccountGeneral(changed), becomes: without)
    try asClerk.change { try $0.saveGeneral(changed.id, taking) }
    let taken = try #require(try asClerk.ownChanges().first).number
    return [
      (
        "added", { try $0.change { _ = try $0.addAccount(.user, name: try Name("X"), unixAccount: account) } }
      ),
      ("edited", { try $0.change { try $0.saveGeneral(target.id, edit) } }),
      ("restored", { try $0.change { _ = try $0.restore(deleted) } }),
      ("undone", { _ = try $0.undo(taken) }),
    ]
  }

  @Test("only an Administrator gives the owner's account, in whatever way", arguments: ["root", "popsec"])
  func refused(unix: String) throws {
    for (road, body) in try roads(unix) {
      let error = #expect(throws: AdministrationError.self, "\(road)") { try body(administration(as: clerk)) }
      #expect(error?.message.contains("let a user in by") == true, "\(road)")
      #expect(try scene.records.last?.action == "attempt.refused", "\(road)")
      // Only the person who changed something can undo the change.
      if road != "undone" { _ = try administration(as: admin).effect(of: body) }
    }
  }

  @Test("another one is given by whoever manages users", arguments: ["carol", "popsec-support"])
  func others(unix: String) throws {
    let roads = try roads(unix)
    for (_, body) in roads.suffix(1) { try body(administration(as: clerk)) }
  }
}
