import Access
import ArgumentParser
import Testing

@testable import popsec

@Suite struct FrontDoorTests {
  @Test("only harmless variables of the environment are kept for a person who came over SSH")
  func environment() {
    let given = [
      "TERM": "xterm-256color", "LANG": "de_DE.UTF-8@euro", "LC_ALL": "/tmp/locale", "LC_CTYPE": "../x",
      "COLORTERM": "true color", "POPSEC_STORE": "/var/lib/popsec",
      "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22",
      "TMUX": "/tmp/tmux,1,0", "STY": "1.x", "EDITOR": "vi", "PAGER": "less", "LD_PRELOAD": "/tmp/x.so",
      "TERMINFO": "/tmp", "TERMINFO_DIRS": "/tmp", "LOCPATH": "/tmp", "TZ": ":/tmp/x", "PATH": "/tmp",
      "XDG_STATE_HOME": "/tmp", "CREDENTIALS_DIRECTORY": "/tmp", "TMPDIR": "/tmp", "SUDO_USER": "root",
      "TERM_PROGRAM": String(repeating: "x", count: 65), "SSH_ORIGINAL_COMMAND": "sh",
    ]
    let kept = RemoteEnvironment.kept(given)
    #expect(Set(kept.keys) == ["TERM", "LANG", "POPSEC_STORE", "SSH_CONNECTION"])
  }

  @Test(
    "a ticket is of letters and digits, and nothing else is one",
    arguments: [
      "", "x", "1x", "x0123456789abcdef", "1x0123456789abcde", "1x0123456789abcdeg", "1 x0123456789abcdef",
      "$(id)x0123456789abcdef", "../x0123456789abcdef", "1;0123456789abcdef", "-1x0123456789abcdef",
      String(repeating: "1", count: 14) + "x0123456789abcdef", "1x0123456789abcdef\n",
    ])
  func ticket(text: String) { #expect(FrontDoor.Ticket(text) == nil) }

  @Test("a ticket that is written is read again")
  func roundTrip() throws {
    let blob = "AAAAC3NzaC1lZDI1NTE5AAAAI" + String(repeating: "A", count: 43)
    for _ in 0..<50 {
      let ticket = FrontDoor.Ticket(user: .random(), key: try SSHPublicKey("ssh-ed25519 \(blob)"))
      #expect(FrontDoor.Ticket(ticket.description) == ticket)
      #expect(ticket.description.wholeMatch(of: #/[a-z0-9]+/#) != nil)
    }
  }

  @Test("each command is either for SSH or it is not, and none by mistake")
  func commands() throws {
    let local: Set = [
      "setup", "init", "demo", "gate", "ssh", "store", "completions", "backup", "restore", "key", "upgrade",
      "notify",
    ]
    for type in Popsec.configuration.subcommands {
      let isRefused = (try? RemoteCommands.check(type.init())) == nil
      #expect(isRefused == local.contains(type.configuration.commandName ?? ""), "\(type)")
    }
    // What a program is handed is the business of whoever runs the timer; what was raised is shown.
    #expect(throws: Trouble.self) { try RemoteCommands.check(NotifySend()) }
    try RemoteCommands.check(NotifyList())
  }
}
