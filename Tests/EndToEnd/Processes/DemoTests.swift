import Foundation
import Testing

extension EndToEnd {
  @Suite("the demo")
  struct Demo {
    @Test(
      "its store is its owner's alone and gone afterwards, also where a signal ends it",
      arguments: [nil, SIGTERM, SIGHUP])
    func isThrownAway(signal: Int32?) throws {
      try onStore(.nothing) { store in
        let place = try store.privateFolder("demo")
        let person = try store.person([TestStore.program, "demo"], adding: ["TMPDIR": place])
        try person.sees("Security").presses("s a").sees("Portal").settle()
        let folders = try FileManager.default.contentsOfDirectory(atPath: place)
        #expect(folders.count == 1)
        let attributes = try FileManager.default.attributesOfItem(atPath: place + "/" + (folders.first ?? ""))
        #expect(attributes[.posixPermissions] as? Int == 0o700)
        if let signal {
          kill(try person.program(), signal)
        } else {
          try person.presses("Esc Esc").sees("Help").presses("q").sees("Leave popsec").presses("Enter")
        }
        #expect(try person.seesEnd() == signal.map { 128 + Int($0) } ?? 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place) == [])
      }
    }
  }
}
