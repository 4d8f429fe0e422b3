import Glibc
import Testing

@testable import popsec

/// Tests the identity of people by their real account and by the variables of sudo and similar programs. The
/// store's owner is account 900.
@Suite struct UnixIdentityTests {
  private static let names: [uid_t: String] = [0: "root", 900: "popsec", 1000: "ada", 1001: "bob"]
  private static let accounts = UnixAccounts(
    name: { names[$0] }, uid: { name in names.first { $0.value == name }?.key })

  private static func sudo(_ uid: String, _ user: String) -> [String: String] {
    ["SUDO_UID": uid, "SUDO_USER": user, "SUDO_GID": uid, "SUDO_COMMAND": "/usr/bin/popsec"]
  }

  private func identity(_ real: uid_t, _ environment: [String: String]) -> UnixIdentity {
    UnixIdentity(storeOwner: 900, environment: environment, real: real, accounts: Self.accounts)
  }

  @Test("root and the owner are the owner by an account of their own, be it through one another")
  func owners() {
    let cases: [(uid_t, [String: String], String)] = [
      (0, [:], "root"), (900, [:], "popsec"), (900, Self.sudo("0", "root"), "root"),
      (0, Self.sudo("900", "popsec"), "popsec"), (0, Self.sudo("0", "root"), "root"),
      (0, ["DOAS_USER": "root"], "root"), (900, ["PKEXEC_UID": "0"], "root"),
      (0, ["HOME": "/home/ada"], "root"),
    ]
    for (real, environment, name) in cases {
      let found = identity(real, environment)
      #expect(found.isOwner && found.isKnown && found.name == name, "\(real) \(environment)")
    }
  }

  @Test("a person who comes by sudo, doas or pkexec is the user they were before, and never the owner")
  func others() {
    let claims = [
      Self.sudo("1000", "ada"), ["SUDO_UID": "1000", "SUDO_USER": "ada"], ["DOAS_USER": "ada"],
      ["PKEXEC_UID": "1000"], Self.sudo("1000", "ada").merging(["DOAS_USER": "ada"]) { $1 },
    ]
    for real: uid_t in [0, 900] {
      for claim in claims {
        let found = identity(real, claim)
        #expect(found.name == "ada" && found.isKnown && !found.isOwner, "\(real) \(claim)")
      }
    }
  }

  @Test("where nobody can tell who used sudo, doas or pkexec, nobody is let in")
  func unknown() {
    let claims = [
      Self.sudo("", ""), Self.sudo("1000", "bob"), Self.sudo("1000", "root"), Self.sudo("4711", "ada"),
      Self.sudo("-1", "ada"), Self.sudo("99999999999", "ada"), Self.sudo("x", "ada"), ["SUDO_UID": "1000"],
      ["SUDO_UID": "0"], ["SUDO_USER": "root"], ["SUDO_USER": ""], ["SUDO_COMMAND": "/bin/sh"],
      ["SUDO_GID": "0"], ["DOAS_USER": ""], ["DOAS_USER": "nobody"], ["PKEXEC_UID": "4711"],
      ["PKEXEC_UID": ""],
      // One of the two variables may have been invented.
      Self.sudo("0", "root").merging(["DOAS_USER": "ada"]) { $1 },
      Self.sudo("1000", "ada").merging(["PKEXEC_UID": "1001"]) { $1 },
      Self.sudo("0", "ada").merging(["DOAS_USER": "ada"]) { $1 },
    ]
    for real: uid_t in [0, 900] {
      for claim in claims {
        let found = identity(real, claim)
        #expect(!found.isKnown && !found.isOwner, "\(real) \(claim)")
      }
    }
  }

  @Test("the variables of anybody else count for nothing")
  func madeUp() {
    for claim in [[:], Self.sudo("0", "root"), Self.sudo("900", "popsec"), ["DOAS_USER": "root"]] {
      let found = identity(1000, claim)
      #expect(found.name == "ada" && found.isKnown && !found.isOwner, "\(claim)")
    }
    #expect(identity(4711, [:]).name == "uid 4711")
  }

  @Test("--as is refused to whoever came by any of them")
  func told() {
    for name in ["SUDO_UID", "SUDO_USER", "SUDO_GID", "SUDO_COMMAND", "DOAS_USER", "PKEXEC_UID"] {
      #expect(Elevation.isTold(in: [name: ""]))
    }
    #expect(!Elevation.isTold(in: ["HOME": "/", "USER": "root", "LOGNAME": "root"]))
  }
}
