import Access
import Administration
import ArgumentParser
import Foundation
import Gate
import Sealing

/// The options that say whether a gate signs its answers, and as which issuer.
struct GateSigningOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Sign who was let to what, in X-Popsec-Assertion.",
      discussion: "The gate makes a key of its own the first time, and tells the command that registers it."))
  var sign = false

  @Option(
    help: ArgumentHelp(
      "The file with the gate's key, in a folder that is the gate's account's alone.",
      discussion: "Else gate.key in $STATE_DIRECTORY (systemd), $XDG_STATE_HOME/popsec-gate or "
        + "~/.local/state/popsec-gate.", valueName: "file"), completion: .file())
  var signKey: String?

  @Option(help: ArgumentHelp("As who the gate signs; else popsec: and the store's id.", valueName: "issuer"))
  var issuer: String?

  func check() throws {
    guard sign || (signKey == nil && issuer == nil) else {
      throw ValidationError("--sign-key and --issuer go with --sign")
    }
    guard issuer.map(Self.isIssuer) ?? true else {
      throw ValidationError("--issuer takes 1 to 200 printable ASCII characters without spaces")
    }
  }

  private static func isIssuer(_ text: String) -> Bool {
    (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  /// The book of assertions; nil where nothing is to be signed.
  func book(_ location: StoreLocation, _ keys: TokenKeys, _ log: GateLog) throws -> AssertionBook? {
    guard sign else { return nil }
    // Without the verifier the gate could not tell whether its key is registered.
    guard keys.audit.verifier != nil else { throw GateKeyTrouble.noVerifier }
    let file = GateKeyFile(
      path: try GateKeyPlace.path(signKey), checksRights: !location.allowsLooseRights)
    if signKey == nil { GateKeyPlace.makeStateFolder() }
    let (signer, isNew) = try made(file)
    if isNew { log.write(.info, "made the gate's key", ["key": signer.id.rawValue, "file": file.path]) }
    let registering = "popsec gate key add \(GateKeyPlace.suggestedName) \(signer.publicKey.argument)"
    return AssertionBook(signer, issuer: issuer, registering: registering, log: log)
  }

  /// Loads or makes the key. Its errors get other hints than those of the store's keys.
  private func made(_ file: GateKeyFile) throws -> (signer: GateSigner, isNew: Bool) {
    do { return try file.loadOrMake() } catch {
      let hint: String? =
        switch error {
        case .malformed: "remove the file: the gate makes another key, which has to be registered"
        case .notWritable: "name a file with --sign-key, in a folder that is this account's alone"
        case .notReadable: "the file has to be this account's"
        default: error.hint
        }
      throw Trouble(error.message, hint: hint, exitStatus: error.exitStatus)
    }
  }
}

/// The place of a gate's own key.
enum GateKeyPlace {
  /// The path of the key, which is absolute.
  static func path(_ named: String?) throws(Trouble) -> String {
    let environment = Caller.current.environment
    if let named {
      guard !named.isEmpty, !named.hasSuffix("/"), named.utf8.count < 4_000, !named.utf8.contains(0) else {
        throw Trouble(
          "\(quotedExcerpt(named)) is no path of a file", hint: "name a file with --sign-key",
          exitStatus: .usage)
      }
      return named.hasPrefix("/") ? named : FileManager.default.currentDirectoryPath + "/" + named
    }
    if let folder = environment.filled("STATE_DIRECTORY")?.split(separator: ":").first {
      return folder + "/gate.key"
    }
    return ofAccount(environment)
  }

  /// The path of the key where systemd gives no folder.
  static func ofAccount(_ environment: [String: String]) -> String {
    xdgFolder("XDG_STATE_HOME", else: ".local/state", environment) + "/popsec-gate/gate.key"
  }

  /// Makes the account's folder for state where it is missing, as the XDG base directory specification asks.
  /// An error is reported later, when the key is written.
  static func makeStateFolder() {
    let environment = Caller.current.environment
    guard environment.filled("STATE_DIRECTORY") == nil else { return }
    let folder = (ofAccount(environment) as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// The path of the key under the unit that comes with popsec.
  static let ofService = "/var/lib/popsec-gate/gate.key"
  static let serviceAccount = "popsec-gate"

  /// The host's name, where it needs no quoting in a command line.
  static var suggestedName: String {
    guard let name = HostName.own else { return "gate" }
    let isPlain = name.utf8.allSatisfy { byte in
      Character(Unicode.Scalar(byte)).isLetter && byte < 0x80 || (0x30...0x39).contains(byte)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
    return isPlain && !name.hasPrefix("-") && name.utf8.count <= 60 ? name : "gate"
  }
}
