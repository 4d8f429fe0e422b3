import Access
import Administration
import ArgumentParser
import Store

struct UserKey: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "The SSH public keys of users.",
    subcommands: [UserKeyList.self, UserKeyAdd.self, UserKeyRemove.self])
}

struct UserKeyAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add SSH keys with which a user may log in.",
    discussion: """
      Whoever has the private key gets all that the user has.

      Examples:
        popsec user key add Ada --key-file ada.pub
        popsec user key add Ada --key-file - < ada.pub
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The user's name.", completion: .names(.users))
  var name: String

  @OptionGroup var source: PublicKeySource

  func validate() throws {
    if source.key.isEmpty, source.keyFile == nil {
      throw ValidationError("name a key with --key or --key-file")
    }
  }

  func run() throws {
    let keys = try source.keys()
    try global.run { session in
      let account = try session.change { change in
        let account = try change.finder.account(.user, name)
        for key in keys { try change.addPublicKey(key, to: account.id) }
        return account
      }
      for key in keys {
        try session.tell(
          PublicKeyRecord(key.description), "added \(KeyFingerprint(key)) to \(quoted(account.name.text))")
      }
    }
  }
}

struct UserKeyList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List a user's SSH keys.",
    discussion: """
      Examples:
        popsec user key list Ada
        popsec user key list Ada --json
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The user's name.", completion: .names(.users))
  var name: String

  func run() throws {
    try global.run { session in
      let lines = try session.find { try $0.reader.publicKeys(of: $0.account(.user, name).id) }
      let records = lines.map(PublicKeyRecord.init)
      try session.list(records)
    }
  }
}

struct UserKeyRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take an SSH key away from a user.",
    discussion: """
      Examples:
        popsec user key remove Ada SHA256:2cLWpT1m8h5nQkqJ0x3dYb7uFvRz9sAeGiKoMtXwHjE
        popsec user key remove Ada SHA256:2cLWpT1m8h5nQkqJ0x3dYb7uFvRz9sAeGiKoMtXwHjE --json
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The user's name.", completion: .names(.users))
  var name: String

  @Argument(
    help: ArgumentHelp("The key's fingerprint, SHA256:…, or its beginning.", valueName: "fingerprint"))
  var fingerprint: String

  func run() throws {
    try global.run { session in
      let removed = try session.change { change in
        let account = try change.finder.account(.user, name)
        let found = try change.reader.publicKeys(of: account.id).filter { line in
          guard let key = try? SSHPublicKey(line) else { return line.hasPrefix(fingerprint) }
          return fingerprint.utf8.count > 10 && KeyFingerprint(key).description.hasPrefix(fingerprint)
        }
        guard let line = found.first, found.count == 1 else {
          throw Trouble(
            "\(found.isEmpty ? "no key" : "more than one key") of \(quoted(account.name.text)) has that fingerprint",
            hint: "popsec user key list shows them", exitStatus: .noInput)
        }
        try change.removePublicKey(line, from: account.id)
        return PublicKeyRecord(line)
      }
      try session.tell(removed, "removed \(removed.fingerprint ?? removed.kind)")
    }
  }
}

struct PublicKeyRecord: Record {
  let kind: String
  /// The fingerprint; nil where the key can't be read, so that nobody can log in with it.
  let fingerprint: String?
  let comment: String
  let line: String

  init(_ line: String) {
    let key = try? SSHPublicKey(line)
    kind = key?.kind.rawValue ?? String(line.prefix { $0 != " " })
    fingerprint = key.map { KeyFingerprint($0).description }
    comment = key?.comment ?? ""
    self.line = line
  }

  static let columns: [Column<Self>] = [
    Column("kind", "Kind") { $0.kind },
    Column("fingerprint", "Fingerprint", { $0.fingerprint }) { $0.fingerprint ?? "unreadable" },
    Column("comment", "Comment") { $0.comment },
    .data("line") { $0.line },
  ]
}
