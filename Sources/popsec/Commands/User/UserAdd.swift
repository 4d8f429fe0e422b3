import Access
import Administration
import ArgumentParser
import Store

struct UserAdd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add a user: a person who may log in.",
    discussion: "Without a role, of its own or of a team, there is nothing that they may do.")

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The user's name.")
  var name: String

  @Option(help: ArgumentHelp("A system role, such as TokenOperator; may be given again.", valueName: "name"))
  var role: [String] = []

  @Option(help: ArgumentHelp("A team; may be given again.", valueName: "name"))
  var team: [String] = []

  @OptionGroup var keySource: PublicKeySource

  @Option(help: ArgumentHelp("The Unix account by which they are known without SSH.", valueName: "account"))
  var unix: String?

  func run() throws {
    let name = try Name(argument: name)
    let unixAccount = try unix.map(Self.unixAccount)
    let keys = try keySource.keys()
    try global.run { session in
      let account = try session.change { change in
        let account = try change.addAccount(.user, name: name, unixAccount: unixAccount)
        let roles = try Set(role.map { try change.finder.role($0) })
        try change.saveRoles(of: .account(account.id), Edit(was: [], becomes: roles))
        let teams = try Set(team.map { try change.finder.team($0).id })
        try change.saveTeams(of: account.id, Edit(was: [], becomes: teams))
        for key in keys { try change.addPublicKey(key, to: account.id) }
        return account
      }
      try session.tell(AccountChangeRecord(account), "added user \(quoted(account.name.text))")
      if !session.wantsJSON { try tellTheWayIn(account, keys, session) }
    }
  }

  private func tellTheWayIn(_ account: Account, _ keys: [SSHPublicKey], _ session: Session) throws {
    for key in keys { try session.output.line("key \(KeyFingerprint(key))") }
    let authority = try session.read { try $0.authority(of: account.id) }
    guard authority.mayEnter else {
      return try session.output.line(
        "no role lets them do anything yet: popsec user role NAME --add TokenOperator")
    }
    if !keys.isEmpty {
      try session.output.line("they come in by ssh \(authority.serviceAccount.rawValue)@this-host")
    }
  }

  static func unixAccount(_ text: String) throws(Trouble) -> UnixAccountName {
    if let name = UnixAccountName(text) { return name }
    throw Trouble(
      "\(quotedExcerpt(text)) is no name of a Unix account",
      hint: "it has 1 to 32 of a-z, A-Z, 0-9, _, - and ., and begins with a letter or _", exitStatus: .badData
    )
  }
}

/// Where SSH public keys are taken from.
struct PublicKeySource: ParsableArguments {
  @Option(
    help: ArgumentHelp("An SSH public key: one line of a .pub file; may be given again.", valueName: "line"))
  var key: [String] = []

  @Option(help: ArgumentHelp("A file of public keys, one a line; - for standard input.", valueName: "file"))
  var keyFile: String?

  /// Errors: ``Trouble`` with the line of the file.
  func keys() throws -> [SSHPublicKey] {
    var keys: [SSHPublicKey] = []
    for line in key { keys.append(try Self.parsed(line, at: nil)) }
    if let keyFile { keys += try Self.keys(inFile: keyFile) }
    return keys
  }

  /// The keys of a file, one a line; empty lines and comments are passed over.
  static func keys(inFile path: String) throws -> [SSHPublicKey] {
    let file = InputFile(path: path)
    let text = String(
      decoding: try file.withDescriptor {
        try InputFile.bytes(of: $0, named: file.name, atMost: 1_000_000)
      }, as: UTF8.self)
    var keys: [SSHPublicKey] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = line.drop { $0.isWhitespace }
      guard !line.isEmpty, line.first != "#" else { continue }
      keys.append(try Self.parsed(String(line), at: "\(file.name):\(number + 1)"))
    }
    guard !keys.isEmpty else {
      throw Trouble(
        "\(file.name) has no SSH public key", hint: "it has one key a line, as in ~/.ssh/id_ed25519.pub",
        exitStatus: .badData)
    }
    return keys
  }

  private static func parsed(_ line: String, at place: String?) throws(Trouble) -> SSHPublicKey {
    do { return try SSHPublicKey(line) } catch {
      throw Trouble((place.map { $0 + ": " } ?? "") + error.message, hint: error.hint, exitStatus: .badData)
    }
  }
}

extension Finder {
  /// A built-in or custom system role.
  func role(_ argument: String) throws -> SystemRole {
    let name = try Name(argument: argument)
    let key = NameKey(name)
    if let role = BuiltInRole.allCases.first(where: { $0.rawValue.lowercased() == key.text }) {
      return .builtIn(role)
    }
    if let role = try reader.customRole(named: key) { return .custom(role.id) }
    let names = BuiltInRole.allCases.map(\.rawValue) + (try reader.customRoles().map(\.name.text))
    throw Trouble(
      "there is no system role named \(quotedExcerpt(argument))",
      hint: "there are \(names.joined(separator: ", "))", exitStatus: .noInput)
  }
}
