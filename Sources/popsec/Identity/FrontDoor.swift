import Access
import Administration
import ArgumentParser
import Foundation
import Store

/// The way in over SSH. sshd runs `popsec console --as TICKET` for the key that a client presented, and
/// SSH_ORIGINAL_COMMAND holds what the client asked for (sshd(8), `command=`).
enum FrontDoor {
  /// The ticket in the forced command: the user's id, an x, and the beginning of the SHA-256 of the presented
  /// key. It has only letters and digits, because sshd passes the command to a shell.
  struct Ticket: Hashable, Sendable, CustomStringConvertible {
    let user: AccountID
    /// The beginning of the key's SHA-256, 16 hexadecimal digits.
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

  /// Lets a person in, and runs what they asked for.
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
        throw RemoteFailure(words: words ?? [], cause: error)
      }
    }
  }

  /// Checks the account. `--as` is believed only from the accounts on which sshd alone starts popsec, and not
  /// from a person who became one of them by sudo or the like.
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
    // Over SSH there is nothing to complete with, and nothing is said.
    if ShellCompletion.isAsked(words) { return }
    try SecretArguments.refuse(in: words)
    guard CommandPath.isKnown(words) else { throw Trouble.noShell(words[0]) }
    if let topic = try HelpTopic.asked(words) { return try topic.print() }
    var command = try CommandPath.command(words)
    try RemoteCommands.check(command)
    try command.run()
  }

  /// Records a refusal. The console and the commands that users know never ask for what is refused here, so a
  /// refusal is unusual. Where it can't be recorded, nobody may do more for that.
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

  /// The refusal for somebody who most likely looks for a shell.
  fileprivate static func noShell(_ word: String) -> Trouble {
    Trouble(
      "there is no command \(quotedExcerpt(word)) here, and no shell",
      hint: "commands are those of popsec: token list NAME; --help lists them", exitStatus: .notPermitted)
  }
}

/// What went wrong in a command that somebody asked for over SSH, with the words of the command. The arguments of the
/// process are those that sshd gave.
struct RemoteFailure: Error {
  let words: [String]
  let cause: any Error
}

/// The commands that are allowed over SSH: those that need only the store, standard input and output.
enum RemoteCommands {
  private static let groups: [any ParsableCommand.Type] = [
    ConsoleCommand.self, PlanCommand.self, ApplyCommand.self, ExportCommand.self, APIUserCommand.self,
    TokenCommand.self, CheckCommand.self, ExplainCommand.self, AccessCommand.self, TestCommand.self,
    ReviewCommand.self,
    FindCommand.self, DenialsCommand.self, TeamCommand.self, RoleCommand.self, LawCommand.self,
    GrantCommand.self,
    CatalogueCommand.self, UserCommand.self, AuditCommand.self, ClipboardCommand.self,
    SettingsCommand.self, ConfigCommand.self, InboxCommand.self,
    UndoCommand.self, DeletedCommand.self, DoctorCommand.self, GateKeyCommand.self, GateJWKS.self,
    NotifyList.self, SchemaCommand.self,
  ]

  /// Checks a command. Errors: ``Trouble`` for one that is not allowed. Help is always allowed; it is of a
  /// type of ArgumentParser's.
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
