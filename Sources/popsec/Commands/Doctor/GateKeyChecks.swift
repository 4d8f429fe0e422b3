import Access
import Administration
import Foundation
import Sealing

/// Checks the keys of gates: the public keys in the store, and the private key of a gate on this machine
/// where this account can read it.
struct GateKeyChecks {
  let keys: [GateKeyStanding]
  /// The places where a gate of this machine would have its key.
  let places: [String]
  let isOwnFile: (String) -> GateKeyFile

  init(_ administration: Administration, environment: [String: String]) throws {
    keys = try administration.gateKeys()
    places = [GateKeyPlace.ofService, GateKeyPlace.ofAccount(environment)]
    // The person who runs doctor may be root, so the owner is compared with the gate's own account.
    let account = getpwnam(GateKeyPlace.serviceAccount)?.pointee.pw_uid
    isOwnFile = { path in
      GateKeyFile(path: path, trustedOwner: path == GateKeyPlace.ofService ? account : nil)
    }
  }

  var all: [HealthCheck] { registered + places.compactMap(file) }

  private var registered: [HealthCheck] {
    let unvouched = keys.filter { $0.standing == .notVouchedFor }.map {
      HealthCheck.bad(
        "gate keys",
        "nobody with the store's signing key vouches for \(quoted($0.key.name.text)): applications "
          + "don't believe it",
        "popsec gate key retire NAME, and popsec audit list: who wrote it? Then popsec gate key add anew")
    }
    let valid = keys.count { $0.standing == .valid }
    return unvouched + (valid > 0 ? [.good("gate keys", "\(valid) registered, and vouched for")] : [])
  }

  /// The check of a key file; nil where there is none, or where this account may not see whether there is.
  private func file(_ path: String) -> HealthCheck? {
    guard access(path, F_OK) == 0 else { return nil }
    do {
      let id = try isOwnFile(path).load().id
      if keys.contains(where: { $0.standing == .valid && $0.key.id == id }) {
        return .good("gate's key", "\(path) is its account's alone, and registered")
      }
      return .bad(
        "gate's key", "\(path) is not registered: what that gate answers carries no assertion",
        "the gate's log has the command that registers it")
    } catch {
      return .bad("gate's key", error.message, error.hint)
    }
  }
}
