import Foundation
import Testing

@Suite struct GateKeyTests {
  let program: Program
  private static let key = "ed25519:11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
  private static let kid = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"

  init() throws { program = try .initialized() }

  @Test("a gate's key is added, stands in the set, and leaves it when it is retired")
  func life() throws {
    #expect(try program.run("gate", "jwks").output == "{\"keys\":[]}\n")
    try program.run("gate", "key", "add", "gate 1", Self.key).mustSucceed()
    let set = try program.run("gate", "jwks").object()
    #expect(set["keys"]?[0]?["kid"]?.text == Self.kid && set["keys"]?[0]?["alg"]?.text == "EdDSA")
    let listed = try program.run("gate", "key", "list", "--json").object()
    #expect(listed[0]?.keys == ["name", "kid", "state", "addedAt", "addedBy"])
    #expect(listed[0]?["state"]?.text == "valid")
    #expect(try program.run("gate", "key", "list").output.contains("gate 1"))
    try program.run("gate", "key", "add", "other", Self.key).mustFail(65)
    try program.run("gate", "key", "retire", "GATE 1").mustSucceed()
    try program.run("gate", "key", "retire", "gate 1").mustFail(66)
    try program.run("gate", "key", "add", "gate 1", Self.key).mustFail(65)
    #expect(try program.run("gate", "jwks").output == "{\"keys\":[]}\n")
    #expect(try program.run("gate", "key", "list", "--json").object()[0]?["state"]?.text == "retired")
    try program.run("audit", "verify").mustSucceed()
  }

  private static let bad: [(arguments: [String], status: Int32)] = [
    (["gate", "key", "add", "gate", "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"], 65),
    (["gate", "key", "add", "gate", "ed25519:AAAA"], 65), (["gate", "key", "add", "gate", ""], 65),
    (["gate", "key", "add", "", key], 65), (["gate", "key", "add", "gate"], 64),
    (["gate", "key", "retire", "nobody"], 66), (["gate", "--issuer", "x"], 64),
    (["gate", "--sign-key", "/x/y"], 64), (["gate", "--sign", "--issuer", "a b"], 64),
    (["gate", "serve", "--sign", "--issuer", "", "--listen", "127.0.0.1:0"], 64), (["gate", "nothing"], 64),
  ]

  @Test("a text that is no key or no name is refused, and nothing is added", arguments: bad)
  func refused(arguments: [String], status: Int32) throws {
    try program.run(arguments).mustFail(status)
    #expect(try program.run("gate", "key", "list", "--json").output.filter { !$0.isWhitespace } == "[]")
  }

  @Test("a gate that is to sign does not start with a key that others could read or that is none")
  func badFile() throws {
    let folder = program.home + "/gate"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    let file = folder + "/gate.key"
    let arguments = ["gate", "--allow-seal-key", "--listen", "127.0.0.1:0", "--sign", "--sign-key", file]
    try Data("nothing\n".utf8).write(to: URL(fileURLWithPath: file))
    chmod(file, 0o600)
    try program.run(arguments).mustFail(65)
    chmod(file, 0o640)
    try program.run(arguments).mustFail(77)
    chmod(file, 0o600)
    chmod(folder, 0o770)
    try program.run(arguments).mustFail(77)
    // The store's own folder belongs to its group.
    try program.run(Array(arguments.dropLast()) + [program.home + "/missing/gate.key/x"]).mustFail(73)
  }

  @Test("a gate that could not check its key does not start where it is to sign")
  func noPublicKey() throws {
    try FileManager.default.removeItem(atPath: program.store + "/keys/audit-public.key")
    try FileManager.default.removeItem(atPath: program.store + "/keys/audit.key")
    try program.run(
      [
        "gate", "--allow-seal-key", "--listen", "127.0.0.1:0", "--sign", "--sign-key",
        program.home + "/k/gate.key",
      ]
    ).mustFail(69)
    try program.run("gate", "key", "add", "gate", Self.key).mustFail(77)
  }

  @Test("doctor tells a key that nobody vouches for, and a gate's file that is not registered or not its own")
  func doctor() throws {
    let folder = program.home + "/state/popsec-gate"
    try program.run("gate", "key", "add", "gate", Self.key).mustSucceed()
    #expect(try program.run("doctor").output.contains("1 registered, and vouched for"))
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let lookup = try String(contentsOfFile: program.store + "/keys/lookup.key", encoding: .utf8)
    let file = URL(fileURLWithPath: folder + "/gate.key")
    try Data(lookup.replacing("popsec-lookup-key-1", with: "popsec-gate-key-1").utf8).write(to: file)
    let environment = ["XDG_STATE_HOME": program.home + "/state"]
    chmod(file.path, 0o600)
    #expect(try program.run("doctor", environment: environment).output.contains("is not registered"))
    chmod(file.path, 0o644)
    let loose = try program.run("doctor", environment: environment)
    #expect(loose.status == 1 && loose.output.contains("has mode 644"))
  }
}
