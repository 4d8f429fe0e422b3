import Foundation
import Testing

@Suite("The script of the database's roles")
struct RolesScriptTests {
  @Test("roles.sql is what the table of the roles says; POPSEC_RECORD=1 writes it anew")
  func matches() throws {
    if ProcessInfo.processInfo.environment["POPSEC_RECORD"] != nil {
      try RolesScript.text.write(to: RolesScript.path, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: RolesScript.path, encoding: .utf8) == RolesScript.text)
  }
}
