import Access
import Administration
import ArgumentParser
import Foundation

struct TokenScan: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Find Token IDs that leaked into files and logs.",
    discussion: """
      It tells whose they are, and never prints them. Exit status 1 where one of them is a token of the store \
      that is not revoked.

      Examples:
        popsec token scan access.log error.log
        zcat access.log.gz | popsec token scan - --revoke
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("Files, or - for standard input.", valueName: "file"), completion: .file())
  var files: [String]

  @Flag(help: "Revoke the tokens that were found.")
  var revoke = false

  @Flag(help: "Don't ask before revoking.")
  var yes = false

  func run() throws {
    var live = 0
    try global.run { session in
      var report = ScanReport(session)
      for file in files { try scan(InputFile(path: file), session, &report) }
      try report.finish()
      let held = report.heldTokens
      live = held.count
      if revoke, !held.isEmpty { try revokeAll(held, session) }
    }
    if live > 0, !revoke { throw ExitCode(ExitStatus.denied.rawValue) }
  }

  private func scan(_ file: InputFile, _ session: Session, _ report: inout ScanReport) throws {
    try file.withDescriptor { descriptor in
      var scanner = TokenIDScanner()
      var buffer = [UInt8](repeating: 0, count: 262_144)
      while true {
        let count = read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw file.cannotBeRead(errno) }
        if count == 0 { return }
        let found = scanner.scan(buffer[..<count])
        let owners = try session.administration.owners(of: found.map(\.id))
        for (found, owner) in zip(found, owners) { try report.add(file.name, found.line, found.id, owner) }
      }
    }
  }

  private func revokeAll(_ tokens: [Token], _ session: Session) throws {
    let what = tokens.count == 1 ? "this token" : "these \(tokens.count) tokens"
    if !yes {
      guard Asking.canAsk else {
        throw Trouble(
          "nothing was revoked: there is no terminal to ask", hint: "add --yes", exitStatus: .usage)
      }
      guard Asking.yes("revoke \(what) (\(TakingBack.never))?") else {
        throw Trouble("nothing was revoked", exitStatus: .usage)
      }
    }
    try session.change { change in for token in tokens { try change.revoke(token.id) } }
    if !session.isForPrograms { try session.output.line("revoked \(what)") }
  }
}

/// A Token ID that was found in a file.
struct ScannedRecord: Record {
  let file: String
  let line: Int
  let id: TokenID
  /// The owner of the token; nil where no token of the store has the Token ID.
  let owner: TokenOwner?
  let state: TokenState?

  static let columns: [Column<Self>] = [
    .data("file") { $0.file },
    .data("line") { $0.line },
    .data("maskedTokenID") { $0.id.hint.masked },
    .data("token") { $0.owner?.token.name.text },
    .data("account") { $0.owner?.account.name.text },
    .data("state") { $0.state.map(Word.init) },
  ]
}

/// The results of a scan, one in each line.
private struct ScanReport {
  private let session: Session
  private var records: [ScannedRecord] = []
  private(set) var heldTokens: [Token] = []
  private var seen: Set<TokenRowID> = []

  init(_ session: Session) { self.session = session }

  mutating func add(_ file: String, _ line: Int, _ id: TokenID, _ owner: TokenOwner?) throws {
    let state = owner.map { $0.token.state(at: session.administration.now) }
    if let token = owner?.token, token.revokedAt == nil, seen.insert(token.id).inserted {
      heldTokens.append(token)
    }
    guard !session.isForPrograms else {
      return records.append(ScannedRecord(file: file, line: line, id: id, owner: owner, state: state))
    }
    let whose =
      owner.map {
        "\(state?.rawValue ?? "") token \(quoted($0.token.name.text)) of \($0.account.kind.title) \(quoted($0.account.name.text))"
      }
      ?? "of no token of this store"
    try session.output.line(session.output.shown("\(file):\(line): \(id.hint.masked) \(whose)"))
  }

  func finish() throws {
    if session.isForPrograms { try session.list(records) }
  }
}
