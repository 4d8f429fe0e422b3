import Foundation
import Testing

@Suite struct UserTests {
  private static let key =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + String(repeating: "A", count: 43) + " ada@laptop"

  @Test("a user is added with a role and a key, shown, and let in no more when the key is taken away")
  func adds() throws {
    let program = try Program.initialized()
    let added = try program.run("user", "add", "Ada", "--role", "Administrator", "--key", Self.key)
    added.mustSucceed()
    #expect(added.output.contains("SHA256:") && added.output.contains("ssh popsec@"))
    let keys = try program.run("user", "key", "list", "Ada", "--json").object()
    let fingerprint = try #require(keys[0]?["fingerprint"]?.text)
    #expect(keys.count == 1 && keys[0]?["comment"]?.text == "ada@laptop")
    try program.run("user", "key", "remove", "Ada", "SHA256:nonsense").mustFail(66)
    try program.run("user", "key", "remove", "Ada", fingerprint).mustSucceed()
    #expect(try program.run("user", "key", "list", "Ada", "--json").object().count == 0)
  }

  @Test(
    "bad keys, accounts, roles and teams are refused, and nobody is half added",
    arguments: [
      (["--key", "command=\"sh\" " + key], 65), (["--key", "ssh-ed25519 AAAA"], 65),
      (["--key", key + "\n" + key], 65), (["--key=-----BEGIN OPENSSH PRIVATE KEY-----"], 65),
      (["--key", key, "--key", "hello"], 65), (["--key-file", "/nowhere/key.pub"], 66),
      (["--key-file", "/dev/null"], 65), (["--unix", "-oProxyCommand=id"], 64),
      (["--unix=-oProxyCommand=id"], 65),
      (["--unix", "../root"], 65), (["--unix", "a\nb"], 65), (["--unix", "a b"], 65), (["--unix", ""], 65),
      (["--unix", String(repeating: "a", count: 33)], 65), (["--role", "Root"], 66),
      (["--team", "Nobody"], 66),
      (["--role", "WidgetReader", "--team", "Nobody", "--key", key], 66),
    ] as [([String], Int32)])
  func refuses(options: [String], status: Int32) throws {
    let program = try Program.initialized()
    let before = try program.run("user", "list", "--json").object()
    try program.run(["user", "add", "Eve"] + options).mustFail(status)
    #expect(try program.run("user", "list", "--json").object() == before)
  }

  @Test("the line of a bad key in a file is reported, and none of the file's keys is added")
  func keyFile() throws {
    let program = try Program.initialized()
    try program.run("user", "add", "Ada", "--role", "SecurityReader").mustSucceed()
    let text = "# keys\n\n\(Self.key)\nno-pty \(Self.key)\n"
    let outcome = try program.run(["user", "key", "add", "Ada", "--key-file", "-"], input: text)
    outcome.mustFail(65)
    #expect(outcome.errors.contains("standard input:4: the key has options before it"))
    #expect(try program.run("user", "key", "list", "Ada", "--json").object().count == 0)
  }

  @Test("init asks for the first user until a name and a key can be taken")
  func initAsks() throws {
    let program = try Program()
    let session = try TerminalSession(program, "init")
    try session.expect("their name [")
    session.type("a\u{202E}b\r")
    try session.expect("control")
    session.type("Ada\r")
    try session.expect("key: ")
    session.type("no-pty \(Self.key)\r")
    try session.expect("has options before it")
    session.type("ssh-ed25519 AAAA\r")
    try session.expect("damaged or cut short")
    session.type(Self.key + "\r")
    try session.expect("Ada is Administrator")
    #expect(session.wait() == 0)
    #expect(try program.run("user", "key", "list", "Ada", "--json").object().count == 1)
  }

  @Test("init that is left before the first user is known makes nothing")
  func initLeft() throws {
    let program = try Program()
    let session = try TerminalSession(program, "init")
    try session.expect("their name [")
    session.type("\u{4}")
    try session.expect("no store was made")
    #expect(session.wait() == 64)
    #expect(!FileManager.default.fileExists(atPath: program.store))
  }
}
