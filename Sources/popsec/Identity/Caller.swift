import Access
import Administration
import Foundation
import Store

/// Who runs this process and how they came: what sshd's forced command says, or else the Unix account.
struct Caller: Sendable {
  enum Claim: Sendable {
    case unixAccount
    /// Told by sshd, by way of the forced command.
    case ssh(FrontDoor.Ticket)
  }

  let claim: Claim
  /// The variables that commands go by.
  let environment: [String: String]
  /// The names of the command that is carried out for somebody who came over SSH, such as `token copy`.
  var command = ""

  /// Of the command that is being carried out.
  @TaskLocal static var current = Caller(
    claim: .unixAccount, environment: ProcessInfo.processInfo.environment)

  /// Whether they came over SSH as a user of popsec. Then commands read and write standard input and output
  /// only, and start no program.
  var isRemote: Bool { if case .ssh = claim { true } else { false } }

  /// Carries out what somebody came for, and records it before where they came over SSH; the console does so
  /// itself. Whoever reads does not wait for those who write: while somebody does, it is recorded afterwards.
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

  /// Refuses what is not for those who came over SSH.
  func requireLocal(_ what: String) throws(Trouble) {
    guard isRemote else { return }
    throw Trouble(
      "\(what) can't be used over SSH", hint: "commands read standard input and write standard output there",
      exitStatus: .notPermitted)
  }
}
