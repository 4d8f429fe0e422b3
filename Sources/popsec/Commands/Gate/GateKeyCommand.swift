import Access
import Administration
import ArgumentParser
import Gate

struct GateKeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "The keys with which applications verify what gates sign.",
    subcommands: [GateKeyList.self, GateKeyAdd.self, GateKeyRetire.self])
}

struct GateKeyList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the keys of gates, and whether applications believe them.",
    discussion: """
      Examples:
        popsec gate key list
        popsec gate key list --json
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    try global.run { session in
      let records = try session.administration.gateKeys().map(GateKeyRecord.init)
      try session.list(records)
    }
  }
}

struct GateKeyAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Make applications believe what a gate signs.",
    discussion: """
      The gate itself tells the key, in its log, when it starts. It takes an Administrator and the store's \
      signing key: nobody who can only write the database can add one.

      Examples:
        popsec gate key add web1 ed25519:Ht6mKq3n0vXoL2cWpRz9sAeGiYb7uFJd5hTtMxwBjE4
        popsec gate key add web1 ed25519:Ht6mKq3n0vXoL2cWpRz9sAeGiYb7uFJd5hTtMxwBjE4 --json
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "A name for the key, such as the host's.")
  var name: String

  @Argument(help: "The public key as the gate prints it: ed25519: and 43 characters.")
  var key: String

  func run() throws {
    let name = try Name(argument: name)
    guard let key = GatePublicKey(argument: key) else {
      throw Trouble(
        "\(quotedExcerpt(key)) is no public key of a gate",
        hint: "copy the command from the gate's log: ed25519: and 43 characters", exitStatus: .badData)
    }
    try global.run { session in
      let added = try session.change { try $0.addGateKey(key, named: name) }
      try session.tell(
        GateKeyRecord(added, .valid),
        "applications believe what \(quoted(added.name.text)) signs, key \(added.id)")
    }
  }
}

struct GateKeyRetire: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retire", abstract: "Make applications stop believing what a gate signs, for good.",
    discussion: """
      From the next request on the gate decides without an assertion.

      Examples:
        popsec gate key retire web1
        popsec gate key retire web1 --json
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The key's name.", completion: .names(.gateKeys))
  var name: String

  func run() throws {
    let name = try Name(argument: name)
    try global.run { session in
      let retired = try session.change { try $0.retireGateKey(named: name) }
      try session.tell(
        GateKeyRecord(retired, .retired), "retired \(quoted(retired.name.text)), key \(retired.id)")
    }
  }
}

struct GateJWKS: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jwks", abstract: "Print the public keys of all gates as a JWK set.",
    discussion: """
      Every gate serves the same set at /.well-known/jwks.json. It has no retired keys.

      Examples:
        popsec gate jwks
        popsec gate jwks > jwks.json
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    try global.run { session in
      try session.output.line(JWKSet.json(try session.administration.trustedGateKeys().keys))
    }
  }
}

/// A gate's key.
struct GateKeyRecord: Record {
  let key: GateKey
  let standing: GateKeyStanding.Standing

  init(_ found: GateKeyStanding) { self.init(found.key, found.standing) }

  init(_ key: GateKey, _ standing: GateKeyStanding.Standing) { (self.key, self.standing) = (key, standing) }

  static let columns: [Column<Self>] = [
    Column("name", "Name") { $0.key.name.text },
    Column("kid", "Key") { $0.key.id.rawValue },
    // The value is `valid`, `retired` or `notVouchedFor`.
    Column("state", "Is", { Word($0.standing) }) {
      $0.standing == .notVouchedFor ? "not vouched for" : $0.standing.rawValue
    },
    Column("addedAt", "Added") { $0.key.addedAt.printed },
    Column("addedBy", "By") { $0.key.addedBy },
    .shown("Retired") { $0.key.retiredAt?.description ?? "" },
    .dataIfAny("retiredAt") { $0.key.retiredAt?.printed },
  ]
}
