import Access
import Administration
import ArgumentParser
import Foundation
import Store

/// How people come in over SSH: sshd runs `popsec console --as TICKET` for the key that they showed, and what
/// they asked for stands in SSH_ORIGINAL_COMMAND (sshd(8), `command=`).
enum FrontDoor {
  /// What the forced command carries: the user's id and, behind an x, the beginning of the SHA-256 of the key
  /// that was shown. Only letters and digits, since sshd hands the command to a shell.
  struct Ticket: Hashable, Sendable, CustomStringConvertible {
    let user: AccountID
    /// 16 hexadecimal digits.
    let keyDigest: String

    init(user: AccountID, key: SSHPublicKey) {
      self.user = user
      keyDigest = KeyFingerprint(key).shortDigest
    }

    init?(_ text: String) {
      guard text.utf8.count > 17, text.utf8.count <= 30, let user = AccountID(text.dropLast(17)) else {
        return nil
      }
      let digest = String(text.suffix(16))
      guard text.dropLast(16).last == "x", bytes(hex: digest) != nil else { return nil }
      self.user = user
      keyDigest = digest
    }

    var description: String { user.description + "x" + keyDigest }
  }

  /// Lets somebody in, and carries out what they asked for.
  static func enter(_ text: String, options: ConsoleOptions) throws {
    try Caller.current.requireLocal("--as")
    let environment = ProcessInfo.processInfo.environment
    guard let ticket = Ticket(text) else {
      throw Trouble(
        "this is no id of a user and key", hint: "sshd passes it: popsec ssh setup", exitStatus: .usage)
    }
    try checkAccount(environment)
    let kept = RemoteEnvironment.kept(environment)
    RemoteEnvironment.clear(keeping: kept)
    let line = environment["SSH_ORIGINAL_COMMAND"] ?? ""
    let words = try? ShellWords.split(line)
    let caller = Caller(
      claim: .ssh(ticket), environment: kept, command: CommandPath.names(in: words ?? []))
    try Caller.$current.withValue(caller) {
      do { try carryOut(words, options) } catch {
        if let trouble = error as? Trouble, trouble.exitStatus == .notPermitted { record(trouble) }
        throw error
      }
    }
  }

  /// `--as` is believed only from the accounts on which sshd alone starts popsec, and not from whoever
  /// became one of them by sudo or the like.
  private static func checkAccount(_ environment: [String: String]) throws(Trouble) {
    let name = UnixIdentity.name(of: getuid()) ?? ""
    guard ServiceAccount(rawValue: name) != nil, getuid() == geteuid(),
      !Elevation.isTold(in: environment)
    else {
      throw Trouble(
        "--as is for sshd alone, on the accounts popsec and popsec-support",
        hint: "run popsec as yourself: it knows you by your Unix account", exitStatus: .notPermitted)
    }
  }

  private static func carryOut(_ words: [String]?, _ options: ConsoleOptions) throws {
    guard let words else { throw Trouble.unreadable }
    guard !words.isEmpty else {
      return try ConsoleCommand.open(options) { try StoreLocation(environment: Caller.current.environment) }
    }
    try SecretArguments.refuse(in: words)
    guard CommandPath.isKnown(words) else { throw Trouble.noShell(words[0]) }
    var command = try Popsec.parseAsRoot(try CommandPath.arranged(words))
    try RemoteCommands.check(command)
    try command.run()
  }

  /// Nobody asks for what is refused here by way of the console or the commands that they were told of: it is
  /// recorded. That it can't be recorded lets nobody do more.
  private static func record(_ trouble: Trouble) {
    let environment = Caller.current.environment
    guard let administration = try? StoreLocation(environment: environment).open() else { return }
    administration.recordRefusal(of: trouble.message)
  }
}

extension Trouble {
  fileprivate static var unreadable: Trouble {
    Trouble(
      "the command can't be read", hint: "quotes must be closed, and control characters are not taken",
      exitStatus: .notPermitted)
  }

  /// Most likely somebody looks for a shell.
  fileprivate static func noShell(_ word: String) -> Trouble {
    Trouble(
      "there is no command \(quotedExcerpt(word)) here, and no shell",
      hint: "commands are those of popsec: token list NAME; --help lists them", exitStatus: .notPermitted)
  }
}

/// The commands that can be given over SSH: those that need nothing but the store, standard input and output.
enum RemoteCommands {
  private static let groups: [any ParsableCommand.Type] = [
    ConsoleCommand.self, PlanCommand.self, ApplyCommand.self, ExportCommand.self, APIUserCommand.self,
    TokenCommand.self, CheckCommand.self, ExplainCommand.self, AccessCommand.self, ReviewCommand.self,
    DenialsCommand.self, TeamCommand.self, RoleCommand.self, GrantCommand.self, CatalogueCommand.self,
    UserCommand.self, AuditCommand.self, ClipboardCommand.self, SettingsCommand.self, InboxCommand.self,
    UndoCommand.self, DeletedCommand.self, DoctorCommand.self, GateKeyCommand.self, GateJWKS.self,
    NotifyList.self,
  ]

  /// Errors: ``Trouble`` for one that is not among them. Help is of no type of ours, and always given.
  static func check(_ command: any ParsableCommand) throws(Trouble) {
    let type = Swift.type(of: command)
    let isOurs = Popsec.configuration.subcommands.contains { holds($0, type) }
    guard !isOurs || groups.contains(where: { holds($0, type) }) else {
      throw Trouble(
        "\(type.configuration.commandName ?? "this") can't be used over SSH",
        hint: "--help lists the commands",
        exitStatus: .notPermitted)
    }
  }

  private static func holds(_ group: any ParsableCommand.Type, _ type: any ParsableCommand.Type) -> Bool {
    group == type || group.configuration.subcommands.contains { holds($0, type) }
  }
}
