import Access
import Foundation
@testable import Sealing
import Testing

@Suite struct GateKeyFileTests {
  let temporary: TemporaryFolder
  let path: String

  init() throws {
    temporary = try TemporaryFolder()
    path = temporary.path + "/gate/gate.key"
  }

  private var file: GateKeyFile { GateKeyFile(path: path) }

  @Test("the first start makes the key and its folder, for their owner alone; the next one takes it")
  func firstStart() throws {
    let (made, isNew) = try file.loadOrMake()
    #expect(isNew)
    #expect(try temporary.mode(path) == 0o600)
    #expect(try temporary.mode(temporary.path + "/gate") == 0o700)
    let (again, isNewAgain) = try file.loadOrMake()
    #expect(!isNewAgain && again.id == made.id && again.publicKey == made.publicKey)
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path + "/gate") == ["gate.key"])
  }

  @Test("whoever starts at the same moment takes the same key", .timeLimit(.minutes(1)))
  func race() async throws {
    let file = file
    let ids = try await withThrowingTaskGroup(of: GateKeyID.self) { group in
      for _ in 0..<8 { group.addTask { try file.loadOrMake().signer.id } }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(ids.count == 1)
  }

  @Test("a key that others may read or replace is refused", arguments: [0o640, 0o604, 0o660, 0o644])
  func looseFile(mode: Int) throws {
    _ = try file.loadOrMake()
    try temporary.setMode(mode, path)
    #expect(throws: SealingError.looseRights(path: path, mode: String(mode, radix: 8))) {
      try file.loadOrMake()
    }
    #expect(throws: Never.self) { try GateKeyFile(path: path, checksRights: false).loadOrMake() }
  }

  @Test(
    "a key in a folder that others may write, such as a store's, is refused, too",
    arguments: [0o770, 0o755, 0o777])
  func looseFolder(mode: Int) throws {
    let folder = temporary.path + "/gate"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    try temporary.setMode(mode, folder)
    #expect(throws: SealingError.looseFolder(path: folder, mode: String(mode, radix: 8))) {
      try file.loadOrMake()
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }

  @Test("another account's is refused", .enabled(if: geteuid() == 0))
  func otherOwner() throws {
    _ = try file.loadOrMake()
    #expect(chown(path, 4_711, 4_711) == 0)
    #expect(throws: SealingError.otherOwner(path: path, owner: 4_711)) { try file.load() }
    #expect(throws: Never.self) { try GateKeyFile(path: path, trustedOwner: 4_711).load() }
  }

  @Test(
    "a file that is no gate's key is reported, and neither used nor replaced",
    arguments: ["", "x", "popsec-seal-key-1 0123456789abcdef AAAA\n", String(repeating: "x", count: 300)])
  func malformed(text: String) throws {
    _ = try file.loadOrMake()
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: SealingError.malformed(path: path)) { try file.loadOrMake() }
    #expect(FileManager.default.contents(atPath: path) == Data(text.utf8))
  }

  @Test("the lookup key of a store is no gate's key")
  func otherKind() throws {
    let keys = KeyFolder(path: temporary.path + "/keys")
    _ = try keys.create()
    #expect(throws: SealingError.malformed(path: keys.file(.lookup))) {
      try GateKeyFile(path: keys.file(.lookup)).load()
    }
  }

  @Test("where there is no folder above, nothing is made")
  func nowhere() {
    let path = temporary.path + "/a/b/gate.key"
    #expect(throws: SealingError.self) { try GateKeyFile(path: path).loadOrMake() }
    #expect(!FileManager.default.fileExists(atPath: temporary.path + "/a"))
  }

  /// RFC 8037, appendix A.
  @Test("keys, thumbprints and signatures are those of RFC 8037")
  func vectors() throws {
    let seed = try #require(Base64URLText.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"))
    let signer = try #require(GateSigner(KeyMaterial(bytes: seed)))
    #expect(signer.publicKey.x == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
    #expect(signer.id.rawValue == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
    let signature = try #require(signer.sign("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"))
    #expect(
      Base64URLText.encode(signature)
        == "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")
  }

  @Test("a public key is read as it is handed on, and nothing else is")
  func argument() throws {
    let key = try #require(GateSigner.ephemeral()).publicKey
    #expect(GatePublicKey(argument: key.argument) == key)
    for text in [
      "", key.x, "ed25519:", "ed25519:" + key.x + "A", "ED25519:" + key.x, "ed25519:" + key.x.dropLast(),
    ] {
      #expect(GatePublicKey(argument: text) == nil, "\(text)")
    }
  }
}
