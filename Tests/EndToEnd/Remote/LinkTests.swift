import Foundation
import Testing

extension EndToEnd.Team {
  @Test("a link that is cut in the middle of an edit ends the console, and nothing is half done")
  func cut() throws {
    try onTeam { team in
      let person = try team.person(.administrator)
      try person.opens("Companies", of: "Portal Mexico").sees("] US").clicks("] US").sees("Ctrl-S save")
        .settle()
      let consoles = team.programs
      #expect(consoles.count == 1)
      let before = try team.auditRows().count
      let client = try #require(
        Processes.below(person.pty.shell).first { Processes.process($0)?.name == "ssh" })
      kill(client, SIGKILL)
      try person.waits(for: "the console to end") { !consoles.contains(where: Processes.isAlive) }
      // Nobody is locked out of anything, and the edit is nobody's.
      let added = try team.ssh(.administrator, "api-user add 'Portal US'")
      #expect(added.status == 0, "\(added.errors)")
      let denied = try team.ssh(.support, "check --api-user 'Portal Mexico' --widget Sales --company US")
      #expect(denied.status == 1)
      let rows = try team.auditRows().dropFirst(before).map(\.action)
      #expect(!rows.contains { $0.hasPrefix("grant") }, "\(rows)")
      #expect(try team.asOwner("audit", "verify").status == 0)
      // Who was cut off is not said to be here.
      let next = try team.person(.operator).sees("Security").settle()
      #expect(next.line(with: "with Ada") == nil)
    }
  }

  @Test("a Token ID goes through ssh and tmux into the paste buffer", .enabled(if: Tool.tmux.isThere))
  func tmux() throws {
    try onTeam { team in
      let tmux = try TmuxServer(team.store, setClipboard: "on")
      defer { tmux.end() }
      let person = try tmux.person(running: team.client(.operator, terminal: true, nil))
      try person.opens("Tokens", of: "Portal Mexico").sees("portal").settle().presses("c")
      try person.waits(for: "the clipboard") { !person.clipboard.isEmpty }
      try team.store.expect(try tmux.newestBuffer(), belongsTo: "portal")
      try team.store.expect(person.clipboard.first ?? "", belongsTo: "portal")
    }
  }
}
