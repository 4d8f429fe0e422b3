import Foundation
import Glibc
import TestSupport
import Testing

extension EndToEnd {
  /// The examples of Resources/notify, with a receiver on this machine that is no part of popsec.
  @Suite("notices, as their receivers get them")
  struct Notify {
    private static let sender: URL = {
      var folder = URL(filePath: #filePath)
      for _ in 0..<4 { folder.deleteLastPathComponent() }
      return folder.appending(path: "Resources/notify")
    }()

    /// Two proposals that wait: what there is to tell.
    private static func propose(_ store: TestStore) throws {
      // Two who could agree.
      for name in ["daemon", "bin"] {
        try store.succeed("user", "add", name, "--role", "Administrator", "--unix", name)
      }
      for setting in ["dual.export", "dual.apply"] { try store.succeed("settings", "set", setting, "on") }
      #expect(try store.popsec("export").status == 75)
      let team = try store.file("team.yaml", "popsec: 1\nteams:\n  - {name: Vertrieb Süd}\n")
      let applying = try store.popsec("apply", "--yes", team)
      #expect(applying.status == 75, "\(applying.errors)")
    }

    @Test("events go over HTTP, signed and in order, once the receiver takes them", .timeLimit(.minutes(2)))
    func http() throws {
      try #require(Tool.curl.isThere && Tool.python.isThere, "apt-get install curl python3")
      try onStore { store in
        try Self.propose(store)
        let receiver = try Receiver(.http, store)
        defer { receiver.end() }
        let secret = try store.file("receiver/secret", "whsec_" + Data(1...32).base64EncodedString() + "\n")
        chmod(secret, 0o600)
        func notify() throws -> TestStore.Printed {
          try store.popsec(
            "notify", "--once", "--program", Self.sender.path + "/curl.sh", "--secret-file", secret, "--",
            "http://127.0.0.1:\(receiver.port)/popsec")
        }
        try receiver.answers("503")
        let away = try notify()
        #expect(away.status == 75 && away.errors.contains("the receiver answered HTTP 503"), "\(away.errors)")
        try receiver.answers("422")
        // Its time has not come.
        #expect(try notify().status == 75)
        let event = try receiver.taken()
        #expect(event.count == 1 && event[0].signed == true)

        // A receiver of another store gets both at once.
        try receiver.answers("")
        try onStore { other in
          try Self.propose(other)
          let sent = try other.popsec(
            "notify", "--once", "--program", Self.sender.path + "/curl.sh", "--secret-file", secret, "--",
            "http://127.0.0.1:\(receiver.port)/popsec")
          #expect(sent.status == 0 && sent.output == "" && sent.errors == "", "\(sent.errors)")
          #expect(try other.popsec("notify", "--once").output == "")
        }
        let taken = try receiver.taken().dropFirst()
        #expect(taken.count == 2 && taken.allSatisfy { $0.signed == true && $0.status == 204 })
        #expect(taken.allSatisfy { $0.type == "application/cloudevents+json" && $0.id == $0.event?.id })
        #expect(taken.map { $0.event?.type } == ["popsec.proposal.waits", "popsec.proposal.waits"])
        #expect(taken.map { $0.event?.specversion } == ["1.0", "1.0"])
        #expect(Set(taken.compactMap(\.id)).count == 2)

        try receiver.answers("400")
        try onStore { other in
          try Self.propose(other)
          let refused = try other.popsec(
            "notify", "--once", "--program", Self.sender.path + "/curl.sh", "--secret-file", secret, "--",
            "http://127.0.0.1:\(receiver.port)/popsec")
          #expect(refused.status == 65 && refused.errors.contains("the receiver refused 2 notices"))
          #expect(try other.popsec("notify", "--once").output == "")
        }
      }
    }

    @Test("events go by mail, whatever names the text has", .timeLimit(.minutes(2)))
    func mail() throws {
      try #require(Tool.curl.isThere && Tool.python.isThere, "apt-get install curl python3")
      try onStore { store in
        try Self.propose(store)
        let receiver = try Receiver(.smtp, store)
        defer { receiver.end() }
        // What Debian's sendmail would do, on a machine that has none: -oi -- ADDRESS, the mail on standard input.
        let sendmail = store.folder.path + "/sendmail"
        let text = """
          #!/bin/sh
          exec curl --silent --show-error smtp://127.0.0.1:\(receiver.port) \
            --mail-from popsec@localhost --mail-rcpt "$3" --upload-file -

          """
        try Executable.write(text, to: sendmail)
        func notify() throws -> TestStore.Printed {
          try store.popsec(
            "notify", "--once", "--program", Self.sender.path + "/sendmail.sh", "--", "ops@example.com",
            sendmail)
        }
        let sent = try notify()
        #expect(sent.status == 0 && sent.output == "" && sent.errors == "", "\(sent.errors)")
        let taken = try receiver.taken()
        #expect(taken.count == 2)
        for mail in taken {
          #expect(mail.to == ["<ops@example.com>"] && mail.subject == "popsec.proposal.waits")
          #expect(mail.text?.contains("waits for a second person until") == true)
          #expect(mail.text?.contains("\"specversion\":\"1.0\"") == true)
          #expect((mail.longest ?? .max) < 998)
        }
        #expect(try notify().status == 0)
        #expect(try receiver.taken().count == 2)

        try receiver.answers("451")
        try onStore { other in
          try Self.propose(other)
          let busy = try other.popsec(
            "notify", "--once", "--program", Self.sender.path + "/sendmail.sh", "--", "ops@example.com",
            sendmail)
          #expect(busy.status == 75, "\(busy.errors)")
        }
      }
    }

    @Test("the units are as systemd wants them")
    func units() throws {
      let analyze = "/usr/bin/systemd-analyze"
      guard FileManager.default.isExecutableFile(atPath: analyze) else { return }
      let folder = Self.sender.deletingLastPathComponent().appending(path: "systemd")
      try onStore(.nothing) { store in
        for name in ["popsec-notify.service", "popsec-notify.timer", "popsec-notify.path"] {
          // The programs need not be installed where the units are looked at.
          let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            .replacingOccurrences(of: "/usr/local/bin/popsec ", with: "/bin/true ")
          let unit = try store.file(name, text)
          let found = try Running(
            analyze, ["verify", unit], environment: store.environment,
            file: store.folder.appendingPathComponent("analyze-\(name)")
          ).finish()
          #expect(found.status == 0 && found.errors == "", "\(found.errors)")
        }
      }
    }
  }
}

/// What takes notices on this machine.
private final class Receiver {
  enum Kind: String { case http, smtp }

  struct Taken: Decodable {
    struct Event: Decodable {
      let id: String
      let type: String
      let specversion: String
    }

    var id: String?
    var type: String?
    var signed: Bool?
    var status: Int?
    var to: [String]?
    var subject: String?
    var text: String?
    var longest: Int?
    var event: Event?
  }

  private let folder: String
  private let server: Running
  let port: Int

  init(_ kind: Kind, _ store: TestStore) throws {
    let folder = try store.privateFolder("receiver")
    self.folder = folder
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "receiver.py").path
    server = try Running(
      Tool.python.path, [script, kind.rawValue, folder], environment: store.environment,
      file: store.folder.appendingPathComponent("receiver-output"))
    port = try eventually("the receiver to listen") {
      FileManager.default.contents(atPath: folder + "/port").flatMap {
        Int(String(decoding: $0, as: UTF8.self))
      }
    }
  }

  /// From now on; empty: that all is well.
  func answers(_ status: String) throws {
    try Data(status.utf8).write(to: URL(fileURLWithPath: folder + "/answer"))
  }

  func taken() throws -> [Taken] {
    guard let data = FileManager.default.contents(atPath: folder + "/taken") else { return [] }
    return try data.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Taken.self, from: $0)
    }
  }

  func end() {
    kill(server.pid, SIGTERM)
    _ = try? server.finish()
  }
}
