import Foundation
import Testing

@Suite struct InitTests {
  @Test("init makes a store for its owner alone, with its keys, and says what is next")
  func makes() throws {
    let program = try Program()
    let outcome = try program.run("init")
    outcome.mustSucceed()
    #expect(outcome.output.contains(program.store))
    #expect(outcome.output.contains("popsec api-user add"))
    #expect(try mode(program.store) == 0o700)
    #expect(try mode(program.store + "/keys") == 0o700)
    for name in ["popsec.db", "keys/lookup.key", "keys/seal.key"] {
      #expect(try mode(program.store + "/" + name) == 0o600)
    }
  }

  @Test("init refuses where there is a store, and leaves it alone")
  func refusesExisting() throws {
    let program = try Program.initializedByItself()
    try program.run("api-user", "add", "Portal").mustSucceed()
    let key = FileManager.default.contents(atPath: program.store + "/keys/seal.key")
    try program.run("init").mustFail(73)
    #expect(FileManager.default.contents(atPath: program.store + "/keys/seal.key") == key)
    #expect(try program.run("api-user", "list", "--json").object().count == 1)
  }

  @Test("init makes nothing where something else is")
  func refusesOccupied() throws {
    let program = try Program()
    try FileManager.default.createDirectory(atPath: program.store, withIntermediateDirectories: true)
    try Data().write(to: URL(fileURLWithPath: program.store + "/precious"))
    let outcome = try program.run("init")
    #expect(outcome.status.map { (64...77).contains($0) } == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: program.store) == ["precious"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: program.home + "/data") == ["popsec"])
  }

  @Test("where no folder can be made, nothing is half made", arguments: ["/proc/popsec/a", "/dev/null/a"])
  func cannotMake(path: String) throws {
    let program = try Program()
    let keys = program.home + "/keys"
    let outcome = try program.run("init", "--store", path, "--keys", keys)
    #expect(outcome.status.map { (64...77).contains($0) } == true)
    #expect(outcome.errors.hasPrefix("popsec: "))
    #expect(!FileManager.default.fileExists(atPath: keys))
  }

  @Test("keys are made where --keys or POPSEC_KEYS says, and never overwritten", arguments: [true, false])
  func keysElsewhere(byOption: Bool) throws {
    let program = try Program()
    let keys = program.home + "/elsewhere"
    let environment = byOption ? [:] : ["POPSEC_KEYS": keys]
    let option = byOption ? ["--keys", keys] : []
    try program.run(["init"] + option, environment: environment).mustSucceed()
    #expect(!FileManager.default.fileExists(atPath: program.store + "/keys"))
    #expect(try mode(keys + "/seal.key") == 0o600)
    try program.run(["api-user", "list"] + option, environment: environment).mustSucceed()
    try program.run("api-user", "list").mustFail(69)
    let before = FileManager.default.contents(atPath: keys + "/lookup.key")
    try program.run(["init", "--store", program.home + "/other"] + option, environment: environment).mustFail(
      73)
    #expect(FileManager.default.contents(atPath: keys + "/lookup.key") == before)
    #expect(!FileManager.default.fileExists(atPath: program.home + "/other"))
  }

  @Test("systemd's credentials are keys, whatever their mode, unless others are named")
  func credentials() throws {
    let program = try Program.initializedByItself()
    let folder = program.home + "/credentials"
    try FileManager.default.moveItem(atPath: program.store + "/keys", toPath: folder)
    for name in ["lookup.key", "seal.key"] { try setMode(0o444, folder + "/" + name) }
    try program.run("api-user", "list").mustFail(69)
    let environment = ["CREDENTIALS_DIRECTORY": folder]
    try program.run("api-user", "list", environment: environment).mustSucceed()
    try program.run("api-user", "list", "--keys", program.home, environment: environment).mustFail(69)
  }

  @Test("--store goes before POPSEC_STORE, and that before XDG_DATA_HOME")
  func storePlaces() throws {
    let program = try Program()
    let (one, two) = (program.home + "/one", program.home + "/two")
    let environment = ["POPSEC_STORE": two]
    try program.run("init", "--store", one, environment: environment).mustSucceed()
    #expect(FileManager.default.fileExists(atPath: one + "/popsec.db"))
    try program.run("init", environment: environment).mustSucceed()
    #expect(FileManager.default.fileExists(atPath: two + "/popsec.db"))
    #expect(!FileManager.default.fileExists(atPath: program.store))
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  private func setMode(_ mode: Int, _ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }
}
