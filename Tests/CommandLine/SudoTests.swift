import Foundation
import Glibc
import Testing

/// People whose identity comes from sudo's variables, on a store that root owns.
@Suite(.enabled(if: getuid() == 0, "only root comes as somebody else")) struct SudoTests {
  private static let ada = ["SUDO_USER": "bin", "SUDO_UID": "2", "SUDO_GID": "2"]
  private static let grace = ["SUDO_USER": "daemon", "SUDO_UID": "1", "SUDO_GID": "1"]
  private static let nobody = ["SUDO_USER": "games", "SUDO_UID": "5", "SUDO_GID": "60"]

  let program: Program

  init() throws {
    program = try .filled("sudo") { program in
      try program.run("user", "add", "Ada", "--role", "Administrator", "--unix", "bin").mustSucceed()
      try program.run("user", "add", "Grace", "--role", "SecurityAdministrator", "--unix", "daemon")
        .mustSucceed()
    }
  }

  private func isNobody(_ environment: [String: String]) throws {
    let outcome = try program.run("user", "list", environment: environment)
    #expect(outcome.status == 77 && outcome.errors.contains("no user of popsec has the Unix account"))
    try program.run("settings", "set", "dual.apply", "on", environment: environment).mustFail(77)
  }

  @Test("nobody becomes the owner by losing their own user or their own Unix account")
  func losing() throws {
    for me in ["Ada", "Grace"] {
      let environment = me == "Ada" ? Self.ada : Self.grace
      let outcome = try program.run("user", "delete", me, "--yes", environment: environment)
      #expect(outcome.status == 77 && outcome.errors.contains("lock you out"), "\(outcome.errors)")
    }
    // This uses a security file, which only an Administrator may apply.
    let file = program.path("file.yaml")
    for ada in ["{name: Ada, roles: [Administrator], unix: sys}", "{name: Ada, roles: [Administrator]}"] {
      let text =
        "popsec: 1\nusers: [\(ada), {name: root, unix: root, roles: [Administrator]}, "
        + "{name: Grace, unix: daemon, roles: [SecurityAdministrator]}]\n"
      try Data(text.utf8).write(to: URL(fileURLWithPath: file))
      let outcome = try program.run("apply", file, "--yes", environment: Self.ada)
      #expect(outcome.status == 77 && outcome.errors.contains("lock you out"), "\(outcome.errors)")
    }
    try program.run("user", "list", environment: Self.ada).mustSucceed()

    try program.run("user", "delete", "Grace", "--yes", environment: Self.ada).mustSucceed()
    try isNobody(Self.grace)
    try isNobody(Self.nobody)
    try program.run("user", "delete", "root", "--yes").mustSucceed()
    // Root without sudo is the owner of the store.
    try program.run("settings", "set", "dual.apply", "off").mustSucceed()
    try program.run("user", "list", environment: ["SUDO_USER": "root", "SUDO_UID": "0"]).mustSucceed()
  }

  @Test("a store is made, and made of a backup, by whoever comes by sudo, and only that")
  func making() throws {
    let place = program.path("made")
    try program.run("init", "--store", place, environment: Self.nobody).mustSucceed()
    let users = try program.run("user", "list", "--json", "--store", place, environment: Self.nobody).object()
    #expect(users.elements.map { $0["name"]?.text } == ["games"])

    let backup = program.path("backup")
    try program.run("backup", "--output", backup, environment: Self.nobody).mustFail(77)
    try program.run("backup", "--output", backup).mustSucceed()
    let restored = program.path("restored")
    let keys = program.store + "/keys"
    try program.run("restore", backup, "--store", restored, "--keys", keys, environment: Self.nobody)
      .mustSucceed()
    try program.run("user", "list", "--store", restored, "--keys", keys, environment: Self.nobody)
      .mustFail(77)
    // A place that is not empty is neither made into a store nor replaced.
    for arguments in [["restore", backup], ["restore", backup, "--replace", "--yes"], ["init"]] {
      #expect(try program.run(arguments, environment: Self.nobody).status != 0)
    }
    try program.run("user", "list", environment: Self.ada).mustSucceed()
  }

  @Test("the Unix account of root is given to a user by an Administrator alone")
  func mapping() throws {
    try program.run("user", "delete", "root", "--yes", environment: Self.ada).mustSucceed()
    let refused = try program.run("user", "add", "Mallory", "--unix", "root", environment: Self.grace)
    #expect(refused.status == 77 && refused.errors.contains("let a user in by “root”"), "\(refused.errors)")
    try program.run("user", "add", "Mallory", "--unix", "nobody", environment: Self.grace).mustSucceed()
    try program.run("user", "add", "Root", "--unix", "root", environment: Self.ada).mustSucceed()
  }
}
