import Access
import Administration
import Foundation
import Store

/// The person who runs this process, and the way by which they came: over sshd's forced command, or with a
/// Unix account.
struct Caller: Sendable {
  enum Claim: Sendable {
    case unixAccount
    /// The person came over SSH, as the forced command says.
    case ssh(FrontDoor.Ticket)
  }

  let claim: Claim
  /// The environment variables that commands use.
  let environment: [String: String]
  /// The names of the command that a person who came over SSH runs, such as `token copy`.
  var command = ""

  /// The caller of the command that is running.
  @TaskLocal static var current = Caller(
    claim: .unixAccount, environment: ProcessInfo.processInfo.environment)

  /// Whether the person came over SSH as a user of popsec. Then commands use only standard input and output,
  /// and start no program.
  var isRemote: Bool { if case .ssh = claim { true } else { false } }

  /// Runs what a person came for. Where they came over SSH, it is recorded before; the console records it by
  /// itself. A reader does not wait for writers: while somebody writes, it is recorded afterwards.
  func signedIn<Result>(to administration: Administration, _ body: () throws -> Result) throws -> Result {
    guard isRemote else { return try body() }
    do { try record(in: administration.withoutWaiting) } catch StoreError.busy {
      let result = Swift.Result { try body() }
      try record(in: administration)
      return try result.get()
    }
    return try body()
  }

  private func record(in administration: Administration) throws {
    try administration.signIn("command", AuditDetails("command", after: command))
  }

  /// Refuses what people who came over SSH may not do.
  func requireLocal(_ what: String) throws(Trouble) {
    guard isRemote else { return }
    throw Trouble(
      "\(what) can't be used over SSH", hint: "commands read standard input and write standard output there",
      exitStatus: .notPermitted)
  }
}
