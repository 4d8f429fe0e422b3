import Foundation
import TestSupport
import Testing

extension EndToEnd {
  @Suite("a backup that is made while others write")
  struct Backup {
    private static let writers = 4

    @Test("a backup is of one moment, and is restored to a whole store, which the console opens")
    func underLoad() throws {
      try onStore { store in
        _ = try store.mexico()
        try store.succeed("user", "add", "Ada", "--role", "Administrator")
        // Enough that it is copied in several steps.
        let known = try KnownTokens(store, of: "Portal Mexico", count: 3_000)
        let file = store.folder.path + "/backup"
        let written = try Self.whileWriting(store) {
          try store.succeed("backup", "--output", file, "--keys-output", file + ".keys")
        }
        // Nothing of the machine on which it was made is there any more.
        try FileManager.default.moveItem(atPath: store.path, toPath: store.folder.path + "/gone")
        let other = store.folder.path + "/other"
        try store.succeed("restore", file, "--keys-input", file + ".keys", "--store", other)

        try Self.check(store, other, written)
        #expect(try known.areFound(at: other))
        #expect(try known.canBeCopied(stride(from: 0, to: 3_000, by: 10), at: other))
        try Self.look(store, other, known)
      }
    }

    /// How far each of several loops of commands had come before something was done, and afterwards.
    private static func whileWriting(
      _ store: TestStore, _ body: () throws -> Void
    ) throws -> (before: [Int], after: [Int]) {
      let (folder, end) = (try store.privateFolder("written"), store.folder.path + "/end")
      let loop = """
        n=0; while [ ! -e "$3" ]; do n=$((n + 1)); "$0" api-user add "Line $1.$n" --token t || exit; \
        echo $n > "$2/$1"; done
        """
      let lines = try (1...writers).map { number in
        try Running(
          "/bin/sh", ["-c", loop, TestStore.program, String(number), folder, end],
          environment: store.environment, file: store.folder.appendingPathComponent("line-\(number)"))
      }
      defer { for line in lines where line.isAlive { kill(line.pid, SIGKILL) } }
      func counts() -> [Int] {
        (1...writers).map { number in
          let text = try? String(contentsOfFile: "\(folder)/\(number)", encoding: .utf8)
          return text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) } ?? 0
        }
      }
      try eventually("all writers") { counts().allSatisfy { $0 >= 2 } || !lines.allSatisfy(\.isAlive) }
      let before = counts()
      try body()
      _ = try store.file("end", "")
      for line in lines {
        let printed = try line.finish()
        // On a busy machine a command tells whom it waits for.
        let trouble = printed.errors.split(separator: "\n").filter { !$0.hasPrefix("waiting: ") }
        #expect(printed.status == 0 && trouble.isEmpty, "\(printed.errors)")
      }
      return (before, counts())
    }

    /// Of each writer all is there that was done before, then some, and nothing after a gap: it is of one moment.
    private static func check(
      _ store: TestStore, _ other: String, _ written: (before: [Int], after: [Int])
    ) throws {
      #expect(written.after != written.before, "nobody wrote meanwhile")
      let listed = try store.json([Listed].self, "api-user", "list", "--matching", "Line", "--store", other)
      #expect(listed.allSatisfy { $0.liveTokens == 1 })
      let names = Set(listed.map(\.name))
      var count = 0
      for number in 1...writers {
        let last = (0...written.after[number - 1] + 1).last { names.contains("Line \(number).\($0)") } ?? 0
        #expect(last >= written.before[number - 1])
        #expect((1...max(1, last)).allSatisfy { names.contains("Line \(number).\($0)") })
        count += last
      }
      #expect(names.count == count)
      let verified = try store.popsec("audit", "verify", "--store", other)
      #expect(verified.status == 0 && verified.output.contains("the chain is whole"), "\(verified.output)")
      // It looks at the machine's sshd, too, about which there may be something to say.
      let doctor = try store.popsec("doctor", "--store", other, "--json")
      let checks = try JSONDecoder().decode([Check].self, from: Data(doctor.output.utf8))
      let good = Set(checks.filter { $0.verdict == "good" }.map(\.subject))
      let wanted = [
        "store", "lookup key", "seal key", "signing key", "database", "administrator", "grants", "audit log",
      ]
      #expect(good.isSuperset(of: wanted), "\(doctor.output)")
    }

    /// The console on what was restored: what is copied from it is known there.
    private static func look(_ store: TestStore, _ other: String, _ known: KnownTokens) throws {
      let person = try store.person([TestStore.program, "--store", other])
      try person.opens("Tokens", of: "Line 1.1").sees("live").settle().presses("c")
      let owner = try store.json(
        TestStore.Owner.self, "token", "whois", "--store", other, input: try person.clipboard(1) + "\n")
      #expect(owner == TestStore.Owner(account: "Line 1.1", name: "t"))
    }
  }
}

private struct Check: Decodable {
  let subject: String
  let verdict: String
}

private struct Listed: Decodable {
  let name: String
  let liveTokens: Int
}
