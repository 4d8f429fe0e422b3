import Foundation
import Testing

extension EndToEnd.Durability {
  @Test(
    "ten consoles and ten command lines that write at once lose nothing, and nobody is refused",
    arguments: StorePlaces.all)
  func manyWriters(inDatabase: Bool) throws {
    try onStore(inDatabase: inDatabase) { store in
      let consoles = try (1...10).map { number in
        let person = try store.person()
        try person.sees("Security").presses("s a").sees("Click here").presses("Enter").sees("Name")
        try person.types("Console \(number)").sees("Console \(number)").settle()
        return person
      }
      let loop = #"for each in 1 2 3; do "$0" api-user add "Line $1.$each" --token t || exit; done"#
      let lines = try (1...10).map { number in
        try Running(
          "/bin/sh", ["-c", loop, TestStore.program, String(number)], environment: store.environment,
          file: store.folder.appendingPathComponent("line-\(number)"))
      }
      for console in consoles { console.presses("Enter") }
      for (index, console) in consoles.enumerated() {
        try console.seesNo("[ Add ]").sees("Console \(index + 1)").settle()
        #expect(console.line(with: "busy") == nil, "\(console.text)")
      }
      for line in lines {
        let printed = try line.finish()
        // On a busy machine it may take a while until it is their turn.
        let errors = printed.errors.split(separator: "\n").filter { !$0.hasPrefix("waiting: ") }
        #expect(printed.status == 0 && errors.isEmpty, "\(printed.errors)")
      }
      let expected = (1...10).flatMap { number in
        ["Console \(number)"] + (1...3).map { "Line \(number).\($0)" }
      }
      #expect(try Set(store.json([Named].self, "api-user", "list").map(\.name)) == Set(expected))
      let rows = try store.json([AuditRow].self, "audit", "list", "--limit", "1000")
      #expect(rows.count { $0.action == "apiUser.add" } == 40)
      #expect(rows.count { $0.action == "token.add" } == 30)
      #expect(rows.count { $0.action == "session.signIn" } == 10)
      #expect(try store.popsec("audit", "verify").status == 0)
    }
  }
}

extension EndToEnd.Durability {
  @Test("twenty processes that each make ten changes at once are all let through")
  func twentyWriters() throws {
    try onStore(.emptyStore) { store in
      let loop = #"for each in 1 2 3 4 5 6 7 8 9 10; do "$0" api-user add "User $1.$each" || exit; done"#
      let lines = try (1...20).map { number in
        try Running(
          "/bin/sh", ["-c", loop, TestStore.program, String(number)], environment: store.environment,
          file: store.folder.appendingPathComponent("line-\(number)"))
      }
      for line in lines {
        let printed = try line.finish()
        #expect(printed.status == 0, "\(printed.errors)")
      }
      #expect(try store.json([Named].self, "api-user", "list").count == 200)
      #expect(try store.popsec("audit", "verify").status == 0)
    }
  }
}

private struct Named: Decodable {
  let name: String
}
