import Foundation
import Testing

extension EndToEnd.Team {
  private static func share(_ team: TeamServer, _ path: String, _ arguments: String...) throws
    -> TestStore.Printed
  {
    try team.run(
      TestStore.program, ["store", "share", "--group", "popsec", "--store", path] + arguments)
  }

  private static func rights(_ path: String) -> (mode: mode_t, owner: uid_t, group: gid_t) {
    var status = stat()
    lstat(path, &status)
    return (status.st_mode & 0o7777, status.st_uid, status.st_gid)
  }

  @Test("a store that root made for itself is handed to popsec and its group, as init --group makes one")
  func sharing() throws {
    try onTeam { team in
      let entry = try #require(getpwnam("popsec"))
      let (owner, group) = (entry.pointee.pw_uid, entry.pointee.pw_gid)
      let path = team.store.folder.path + "/private"
      try team.store.succeed("init", "--store", path)
      try team.store.succeed("api-user", "add", "Portal", "--token", "portal", "--store", path)
      let before = try team.asOwner("user", "list", "--store", path)
      #expect(before.status == 77)
      let shared = try Self.share(team, path, "--owner", "popsec")
      #expect(shared.status == 0 && shared.output.contains("is owned by popsec"), "\(shared.errors)")
      let expected: [(name: String, mode: mode_t)] = [
        ("", 0o2770), ("/popsec.db", 0o660), ("/keys", 0o750), ("/keys/lookup.key", 0o640),
        ("/keys/audit-public.key", 0o640), ("/keys/seal.key", 0o600), ("/keys/audit.key", 0o600),
      ]
      for (name, mode) in expected {
        let rights = Self.rights(path + name)
        #expect(rights == (mode, owner, group), "\(name)")
      }
      let listed = try team.asOwner("audit", "list", "--store", path)
      #expect(listed.status == 0 && listed.output.contains("share"), "\(listed.output)\(listed.errors)")
      #expect(try team.asOwner("audit", "verify", "--store", path).status == 0)
    }
  }

  @Test("a file in the folder that could be somebody else's is given to nobody")
  func sharingLinks() throws {
    try onTeam { team in
      for kind in ["symbolic link", "second name"] {
        let path = team.store.folder.path + "/linked-" + kind.prefix(3)
        let other = team.store.folder.path + "/other-" + kind.prefix(3)
        try Data("another's".utf8).write(to: URL(fileURLWithPath: other))
        chmod(other, 0o600)
        try team.store.succeed("init", "--store", path)
        let made =
          kind == "second name" ? link(other, path + "/other.db") : symlink(other, path + "/other.db")
        #expect(made == 0)
        let refused = try Self.share(team, path, "--owner", "popsec")
        #expect(
          refused.status == 77 && refused.errors.contains("other.db can't be given"), "\(refused.errors)")
        let rights = Self.rights(other)
        #expect(rights.mode == 0o600 && rights.owner == getuid(), "\(kind)")
      }
    }
  }

  @Test(
    "a group or an account that is not there changes nothing",
    arguments: [
      (["--group", "no-such-group"], 66), (["--group", "popsec", "--owner", "no-such-account"], 66), ([], 64),
    ] as [([String], Int32)])
  func sharingWithNobody(arguments: [String], status: Int32) throws {
    try onStore(.emptyStore) { store in
      let printed = try store.start(["store", "share"] + arguments).finish()
      #expect(printed.status == status, "\(printed.errors)")
      #expect(Self.rights(store.path).mode == 0o700)
    }
  }
}
