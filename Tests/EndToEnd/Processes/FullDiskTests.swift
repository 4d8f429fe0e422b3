import Foundation
import Testing

extension EndToEnd {
  @Suite("on a full disk", .enabled(if: Namespace.obstacle == nil, "\(Namespace.obstacle ?? "")"))
  struct FullDisk {
    /// Makes a store on a file system of 3 MB, with a token in it.
    private static let making = """
      mkdir -p "$POPSEC_STORE"; mount -t tmpfs -o size=3m,mode=0700 none "$POPSEC_STORE"
      popsec init < /dev/null > /dev/null; popsec api-user add 'Portal Mexico' --token portal > /dev/null
      fill() { dd if=/dev/zero of="$POPSEC_STORE/filler" bs=4k 2> /dev/null || true; }
      """

    @Test("what can't be audited does not happen, is said, and leaves nothing half done")
    func commands() throws {
      try onStore(.nothing) { store in
        let script =
          Self.making + """

            fill
            try() { set +e; "$@"; echo "status $?"; set -e; }
            try popsec token reveal 'Portal Mexico' portal
            try popsec api-user add 'Portal US'
            try popsec token revoke 'Portal Mexico' portal
            rm "$POPSEC_STORE/filler"
            popsec audit verify; popsec api-user list; popsec token list 'Portal Mexico'
            """
        let printed = try Self.run(script, store)
        #expect(printed.status == 0, "\(printed.errors)")
        let statuses = printed.output.matches(of: #/status (\d+)/#).compactMap { Int($0.output.1) }
        #expect(statuses == [74, 74, 74], "\(printed.output)\(printed.errors)")
        #expect(printed.errors.components(separatedBy: " is full").count == 4, "\(printed.errors)")
        #expect(Secrets.found(in: printed.output + printed.errors).isEmpty)
        #expect(printed.output.contains("the chain is whole"))
        #expect(!printed.output.contains("Portal US") && printed.output.contains("live"))
      }
    }

    @Test("a console that has no room to record a copy does not copy")
    func console() throws {
      try onStore(.nothing) { store in
        let flag = store.folder.path + "/flag"
        let script =
          Self.making + """

            (while [ ! -e \(flag) ]; do sleep 0.05; done; fill; : > \(flag).done) &
            exec popsec
            """
        let person = try store.person(Namespace.command(Self.path + script))
        try person.opens("Tokens", of: "Portal Mexico").sees("portal").settle()
        _ = try store.file("flag", "")
        try person.waits(for: "the disk to be full") {
          FileManager.default.fileExists(atPath: flag + ".done")
        }
        try person.presses("c").sees("is full").settle()
        #expect(person.clipboard.isEmpty)
        person.presses("v").settle()
        #expect(person.shown.isEmpty)
      }
    }

    private static var path: String {
      "PATH=\((TestStore.program as NSString).deletingLastPathComponent):$PATH\n"
    }

    private static func run(_ script: String, _ store: TestStore) throws -> TestStore.Printed {
      let command = Namespace.command(path + script)
      return try Running(
        command[0], Array(command.dropFirst()), environment: store.environment,
        file: store.folder.appendingPathComponent("full")
      ).finish()
    }
  }
}
