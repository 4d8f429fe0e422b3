import Access
import Administration
import Store
import Terminal
import Testing

@testable import Console

@Suite("The SSH keys of a user are added by pasting, and taken away")
struct PublicKeysTests {
  private static let key =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDK9qU0YQ6cZRF7sXWH2r2b1Tn4JZ8kVYJpJ6Vn2lQ9H ana@laptop"
  private static let other =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHwq5q9cQmXn3y0oTtZ9w8m7b1fYyq2o4u7l1s0a9d3E"
  /// From the main menu to the page of the first user.
  private static let page = "s u Enter Down Enter"

  private func world(user: String = "ana") throws -> ScreenWorld {
    let world = try ScreenWorld()
    try world.administration.change { _ = try $0.addAccount(.user, name: try Name(user)) }
    return world
  }

  private func keys(_ world: ScreenWorld, of user: String = "ana") throws -> [String] {
    try world.administration.read { reader in
      let account = try #require(try reader.account(.user, named: NameKey(try Name(user))))
      return try reader.publicKeys(of: account.id)
    }
  }

  @Test("a pasted key shows its fingerprint before it is added, and is listed by it")
  func adds() throws {
    let world = try world()
    var console = world.console()
    console.press(Self.page)
    #expect(console.text.contains("Click here to add an SSH key"))
    console.press("Enter")
    console.handle(.paste(Self.key + "\n"))
    let fingerprint = KeyFingerprint(try SSHPublicKey(Self.key)).description
    #expect(console.text.contains(fingerprint))
    console.press("Enter")
    #expect(try keys(world) == [Self.key])
    #expect(console.text.contains(String(fingerprint.prefix(20))))
    #expect(try world.auditedActions().last == "user.keys")
  }

  @Test(
    "a text that is not one key alone is refused at the field, and nothing is added",
    arguments: [
      (key + "\n" + other, "more than one line"),
      ("command=\"sh\" " + key, "options before it"),
      (String(key.prefix(60)), "damaged or cut short"),
      ("-----BEGIN OPENSSH PRIVATE KEY-----", "private key"),
      ("hello", "no SSH public key"),
      ("", "there is no key"),
    ])
  func refuses(pasted: String, complaint: String) throws {
    let world = try world()
    var console = world.console()
    console.press(Self.page + " a")
    console.handle(.paste(pasted))
    console.press("Enter")
    #expect(console.text.contains(complaint), "\(console.text)")
    #expect(try keys(world) == [])
  }

  @Test("a key that another user has is refused by that user's name")
  func taken() throws {
    let world = try world()
    try world.administration.change { change in
      let ben = try change.addAccount(.user, name: try Name("ben"))
      try change.addPublicKey(try SSHPublicKey(Self.key), to: ben.id)
    }
    var console = world.console()
    console.press(Self.page + " a")
    console.handle(.paste(Self.key))
    console.press("Enter")
    #expect(console.text.contains("“ben” has this SSH key"))
    #expect(try keys(world) == [])
  }

  @Test("files are offered only to those who may read them here")
  func files() throws {
    let world = try world()
    var context = world.context()
    var console = ConsoleDriver(
      ConsoleRoot.compositor(context, titleBar: "store", size: Size(columns: 80, rows: 24)))
    console.press(Self.page + " a")
    #expect(!console.text.contains("Or a file"))
    context.readPublicKeys = { path in
      guard path == "/keys.pub" else {
        throw Trouble("\(path) can't be read: no such file or directory", exitStatus: .noInput)
      }
      return [try SSHPublicKey(Self.key), try SSHPublicKey(Self.other)]
    }
    console = ConsoleDriver(
      ConsoleRoot.compositor(context, titleBar: "store", size: Size(columns: 80, rows: 24)))
    console.press(Self.page + " a Tab \"/none\" Enter")
    #expect(console.text.contains("/none can't be read"))
    console.press("C-u \"/keys.pub\" Enter")
    #expect(try keys(world).count == 2)
  }

  @Test("removing asks first, starting on Cancel")
  func removes() throws {
    let world = try world()
    try world.administration.change { change in
      let ana = try #require(try change.reader.account(.user, named: NameKey(try Name("ana"))))
      try change.addPublicKey(try SSHPublicKey(Self.key), to: ana.id)
    }
    var console = world.console()
    console.press(Self.page + " D Enter")
    #expect(try keys(world) == [Self.key])
    console.press("D BTab Enter")
    #expect(try keys(world) == [])
  }

  @Test("an API user has no such page")
  func notForAPIUsers() throws {
    let world = try ScreenWorld()
    try world.addAPIUser("Portal")
    var console = world.console()
    console.press("s a Enter")
    #expect(!console.text.contains("SSH keys"))
  }
}
