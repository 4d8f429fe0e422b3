import Foundation
import Testing

extension EndToEnd.Team {
  @Test("whoever acts as popsec-support gets neither the keys nor a Token ID, by file nor by command")
  func supportAccount() throws {
    try onTeam { team in
      let keys = team.store.path + "/keys"
      func asSupport(_ command: String...) throws -> TestStore.Printed {
        try team.asAccount("popsec-support", command)
      }
      for key in ["seal", "audit"] {
        #expect(try asSupport("/bin/cat", "\(keys)/\(key).key").status != 0)
        #expect(
          try asSupport("/bin/cp", "\(keys)/\(key).key", "/tmp/popsec-\(UUID().uuidString)").status != 0)
        #expect(try asSupport("/bin/sh", "-c", ": > \(keys)/\(key).key").status != 0)
        #expect(try asSupport("/bin/rm", "-f", "\(keys)/\(key).key").status != 0)
        #expect(try asSupport("/bin/chmod", "0640", "\(keys)/\(key).key").status != 0)
      }
      for file in ["lookup.key", "audit-public.key", "other.key"] {
        #expect(try asSupport("/bin/sh", "-c", "echo x > \(keys)/\(file)").status != 0)
      }
      // What it may read of the store holds no Token ID in the clear.
      let read = try asSupport("/bin/sh", "-c", "cat \(team.store.path)/popsec.db* | grep -c pst_")
      #expect(read.output.trimmingCharacters(in: .newlines) == "0", "\(read.output)\(read.errors)")
      // Not even as somebody who may, by whatever right the program thinks they have.
      for command in [["token", "reveal", "Portal Mexico", "portal"], ["api-user", "list"]] {
        let printed = try team.asAccount("popsec-support", [TeamAccounts.program] + command)
        #expect(printed.status == 77 && Secrets.found(in: printed.output).isEmpty)
      }
      try team.succeed(
        team.asOwner("user", "add", "Sam", "--role", "Administrator", "--unix", "popsec-support"))
      let revealed = try team.asAccount(
        "popsec-support", [TeamAccounts.program, "token", "reveal", "Portal Mexico", "portal"])
      #expect(revealed.status == 77 && revealed.errors.contains("seal.key"), "\(revealed.errors)")
      #expect(Secrets.found(in: revealed.output).isEmpty)
    }
  }

  @Test("keys of one's own in place of the store's are refused")
  func otherKeys() throws {
    try onTeam { team in
      let script = """
        cd \(team.store.path) && mv keys kept && cp -r kept keys; chmod 0750 keys; : > keys/seal.key
        """
      _ = try team.asAccount("popsec-support", ["/bin/sh", "-c", script])
      let refused = try team.ssh(.operator, "token reveal 'Portal Mexico' portal")
      #expect(refused.status != 0 && Secrets.found(in: refused.output).isEmpty, "\(refused.errors)")
      let told = try team.asOwner("token", "reveal", "Portal Mexico", "portal")
      #expect(told.status == 77 && told.errors.contains("another account"), "\(told.errors)")
    }
  }
}
