import Foundation
import Testing

extension EndToEnd.Team {
  /// What somebody might try to get more than popsec, and the status with which it ends.
  static let tricks: [(command: String, status: Int32)] = [
    ("sh", 77), ("/bin/sh", 77), ("bash -i", 77), ("-c id", 64), ("; sh", 77), ("$(id)", 77), ("`id`", 77),
    ("&& id", 77), ("| id", 77), ("@/etc/passwd", 77), ("env", 77), ("internal-sftp", 77),
    ("rsync --server", 77),
    ("git-upload-pack x", 77),
    ("api-user show $(touch TOUCHED)", 64), ("api-user show \"`touch TOUCHED`\"", 66),
    ("api-user show x; touch TOUCHED", 64), ("api-user show x | touch TOUCHED", 64),
    ("api-user show 'x'\"'\"'; touch TOUCHED'", 66), ("api-user show x > TOUCHED", 64),
    ("api-user list\ntouch TOUCHED", 77), ("api-user show 'x\ntouch TOUCHED'", 77), ("api-user show 'x", 77),
    ("api-user show x\\", 77), ("api-user show \"$HOME\"", 66), ("api-user show *", 66),
    ("--store /tmp api-user list", 77), ("api-user list --store /tmp", 77), ("api-user list --keys=/tmp", 77),
    ("--allow-loose-rights api-user list", 77), ("console --store /tmp", 64),
    ("init", 77), ("init --store TOUCHED", 77), ("demo", 77), ("demo --keep TOUCHED --no-console", 77),
    ("gate", 77), ("ssh authorized-keys popsec", 77), ("ssh setup --write", 77),
    ("doctor --store /tmp", 77),
    ("completions bash", 77), ("console --as 1xaaaaaaaaaaaaaaaa", 77), ("--as 1xaaaaaaaaaaaaaaaa", 77),
    ("export --output TOUCHED", 77), ("apply /etc/passwd --yes", 77), ("apply /dev/stdin --yes", 77),
    ("plan /etc/passwd", 77), ("token scan /etc/passwd", 77), ("check --batch /etc/passwd", 77),
    ("audit verify --heads /etc/passwd", 77), ("user key add Sue --key-file /etc/passwd", 77),
    ("audit archive --before 0d --output TOUCHED --yes", 77), ("audit sign", 77),
    // A shell that completes a command for SSH is told nothing, and is not disturbed.
    ("---completion token -- x", 0),
  ]

  @Test("no command gives an administrator a shell, a file or another store")
  func commands() throws {
    try onTeam { team in
      let touched = "/tmp/popsec-touched-\(UUID().uuidString)"
      for (command, status) in Self.tricks {
        let printed = try team.ssh(.administrator, command.replacing("TOUCHED", with: touched))
        #expect(printed.status == status, "\(command): \(printed.output)\(printed.errors)")
        #expect(printed.output.isEmpty, "\(command): \(printed.output)")
        #expect(!printed.errors.contains("uid=") && !printed.errors.contains("root:"), "\(command)")
        #expect(!FileManager.default.fileExists(atPath: touched), "\(command)")
      }
      // What is refused again and again gets no more than some rows a minute.
      let refused = try team.auditRows().filter { $0.action == "attempt.refused" }
      #expect((5...20).contains(refused.count))
      #expect(refused.allSatisfy { $0.user == "Ada" && $0.source == "127.0.0.1" && $0.keyFingerprint != nil })
      #expect(refused.contains { $0.changes["refused"]?.after?.contains("no shell") == true })
    }
  }

  @Test("help is given to whoever asks; a terminal gives nothing more")
  func help() throws {
    try onTeam { team in
      for command in ["--help", "help token", "token", "--version"] {
        let printed = try team.ssh(.support, command)
        #expect(printed.status == 0 && !printed.output.isEmpty, "\(command)")
      }
      for command in ["sh", "bash -i", "; sh"] {
        let person = try team.person(.operator, command)
        #expect(try person.seesEnd() == 77)
        try person.sees("no shell")
      }
    }
  }

  @Test("no files, ports or tunnels go through")
  func forwarding() throws {
    try onTeam { team in
      let file = try team.store.file("file.txt", "text")
      for program in ["scp", "sftp"] {
        let connection = team.connection("ada", portOption: "-P")
        let target = "popsec@127.0.0.1:/tmp/popsec-\(UUID().uuidString)"
        let ways =
          program == "scp" ? [["-O", file, target], [file, target]] : [["-b", "/dev/null", target]]
        for way in ways {
          let printed = try team.run("/usr/bin/" + program, connection + way)
          #expect(printed.status != 0, "\(program) \(way)")
        }
      }
      let port = String(team.portNumber)
      let direct = try team.ssh(.administrator, nil, options: ["-W", "127.0.0.1:" + port])
      #expect(direct.status == 255 && direct.output.isEmpty, "\(direct.output)")
      for option in [
        ["-R", "0:127.0.0.1:" + port], ["-R", "0"], ["-R", "/tmp/popsec.sock:127.0.0.1:" + port],
      ] {
        let printed = try team.ssh(
          .administrator, "api-user list", options: ["-o", "ExitOnForwardFailure=yes"] + option)
        #expect(printed.status == 255 && printed.output.isEmpty, "\(option): \(printed.errors)")
      }
      // Asked for along with something else, they are left out.
      let agent = try team.ssh(
        .administrator, "api-user list", options: ["-A", "-X", "-D", "127.0.0.1:\(team.portNumber + 1)"])
      #expect(agent.status == 0, "\(agent.errors)")
    }
  }

  @Test("variables of the client lead to nothing else")
  func variables() throws {
    try onTeam { team in
      let elsewhere = try team.store.privateFolder("elsewhere")
      let hostile = [
        "POPSEC_STORE": elsewhere, "POPSEC_KEYS": elsewhere, "LD_PRELOAD": "/tmp/x.so", "TMUX": "/tmp/x,1,0",
        "SSH_ORIGINAL_COMMAND": "sh", "SUDO_UID": "0", "BASH_ENV": elsewhere, "ENV": elsewhere,
        "PATH": elsewhere,
        "LC_ALL": elsewhere, "LANG": "../../tmp/x", "LC_TERMINAL": "\u{1B}]0;x\u{7}",
      ]
      let options = hostile.flatMap { ["-o", "SetEnv=\"\($0.key)=\($0.value)\""] }
      let printed = try team.ssh(.operator, "api-user list --json", options: options)
      #expect(printed.status == 0 && printed.output.contains("Portal Mexico"), "\(printed.errors)")
      let person = try team.person(.operator, options: options)
      try person.opens("Tokens", of: "Portal Mexico").sees("portal").settle().presses("c")
      try team.store.expect(try person.clipboard(1), belongsTo: "portal")
      let unknown = try team.person(.operator, term: "../../tmp/x")
      #expect(try unknown.seesEnd() == 64)
    }
  }
}
