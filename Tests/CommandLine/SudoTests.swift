import Foundation
import Glibc
import Testing

/// People who become root or the store's owner by a program that says who they were before.
@Suite(.enabled(if: getuid() == 0, "only root comes as somebody else")) struct SudoTests {
  /// Ways to come as the account bin.
  private static let ways = [
    ["SUDO_USER": "bin", "SUDO_UID": "2", "SUDO_GID": "2"], ["PKEXEC_UID": "2"], ["DOAS_USER": "bin"],
  ]

  let program: Program

  init() throws {
    program = try .initialized()
    for (name, unix) in [("Ada", "bin"), ("Grace", "daemon")] {
      try program.run("user", "add", name, "--role", "Administrator", "--unix", unix).mustSucceed()
    }
  }

  @Test(
    "who comes by sudo and deletes their own user, or gives up its account, is told that this locks them out")
  func oneself() throws {
    for way in Self.ways {
      let refused = try program.run("user", "delete", "Ada", "--yes", environment: way)
      refused.mustFail(77)
      #expect(refused.errors.contains("lock you out"), "\(refused.errors)")
    }
    let before = try program.run("export").output
    let file = program.path("file.yaml")
    try Data(before.replacing("unix: bin", with: "unix: games").utf8).write(to: URL(fileURLWithPath: file))
    try program.run("apply", file, "--yes", environment: Self.ways[0]).mustFail(77)
    #expect(try program.run("export").output == before)
  }

  @Test("who comes by sudo and is no user of the store is nobody there, whatever they were before")
  func nobody() throws {
    try program.run("user", "delete", "Ada", "--yes").mustSucceed()
    let strangers: [[String: String]] = [
      ["SUDO_USER": "nobody-of-that-name", "SUDO_UID": "4294967290"], ["SUDO_USER": "x", "SUDO_UID": "root"],
      ["SUDO_UID": "-1"], ["SUDO_USER": "no-such-account"], ["DOAS_USER": "no-such-account"],
    ]
    for way in Self.ways + strangers {
      for command in [["user", "add", "Eve", "--role", "Administrator"], ["api-user", "list"], ["export"]] {
        let refused = try program.run(command, environment: way)
        refused.mustFail(77)
        #expect(refused.errors.contains("no user of popsec has the Unix account"), "\(refused.errors)")
      }
    }
    // Root needs no sudo, and gains nothing by it.
    try program.run("api-user", "list", environment: ["SUDO_USER": "root", "SUDO_UID": "0"]).mustSucceed()
  }

  @Test("who makes a store by sudo is its first user, and from then on only that")
  func making() throws {
    let other = program.path("other")
    try program.run("init", "--store", other, environment: Self.ways[0]).mustSucceed()
    let users = try program.run("user", "list", "--store", other, "--json", environment: Self.ways[0])
      .object()
    #expect(users.elements.compactMap { $0["name"]?.text } == ["bin"])
    try program.run("user", "delete", "bin", "--yes", "--store", other, environment: Self.ways[0]).mustFail(
      77)
  }

  @Test("who comes as root or as the store's owner is said by Administrators alone")
  func mapping() throws {
    try program.run("user", "delete", "root", "--yes", environment: Self.ways[0]).mustSucceed()
    try program.run("user", "add", "Sam", "--role", "SecurityAdministrator", "--unix", "games").mustSucceed()
    let sam = ["SUDO_USER": "games", "SUDO_UID": "5"]
    try program.run("user", "add", "Eve", "--unix", "root", environment: sam).mustFail(77)
    try program.run("user", "add", "Eve", "--unix", "sys", environment: sam).mustSucceed()
    try program.run("user", "add", "Root", "--unix", "root", environment: Self.ways[0]).mustSucceed()
  }
}
