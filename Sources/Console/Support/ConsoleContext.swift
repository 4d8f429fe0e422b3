package import Access
package import Administration
import Store

/// What every screen receives: the use cases, and the way to the clipboard.
package struct ConsoleContext: Sendable {
  package let administration: Administration
  package let clipboard: ClipboardPort
  /// Reads a file of SSH public keys on this machine; nil for a person who may not read files here.
  package var readPublicKeys: (@Sendable (_ path: String) throws -> [SSHPublicKey])?
  /// Reads a file; nil for people who came over SSH, because they have no files here.
  package let readFile: FileReading?
  /// Writes a list into a file; nil for people who came over SSH, because they have no files here.
  package var writeList: ListWriting?
  package let elsewhere: Elsewhere
  /// What this console took over of the uses that gates recorded.
  let useTakeOver = UseTakeOver()
  /// The person's own settings, as they were when the console was opened.
  package var config = ConsoleConfig.standard
  /// The zone in which times are said and typed.
  package var zone = Zone.utc

  package init(
    administration: Administration, clipboard: ClipboardPort, readFile: FileReading? = nil,
    elsewhere: Elsewhere = Elsewhere(machine: "localhost", program: "popsec", isOverSSH: false)
  ) {
    self.administration = administration
    self.clipboard = clipboard
    self.readFile = readFile
    self.elsewhere = elsewhere
  }

  /// Whether this terminal must not receive a Token ID. A request for one is refused as well.
  var isRecordingSafe: Bool { administration.isRecordingSafe }

  var now: Timestamp { administration.now }
  var clock: Clock { Clock(zone, now: now) }
  /// The names of the zone in which times are shown, as in `CET/CEST`.
  package var zoneNames: String { clock.zoneNames }

  func may(_ permission: Permission) -> Bool { administration.may(permission) }

  /// The word for opening what takes a permission to change. Who may propose changes edits, too.
  func opening(_ permission: Permission) -> OpeningVerb {
    may(permission) || may(.changesPropose) ? .edit : .show
  }

  /// The word for opening a user or an API user, or a team where there is no kind.
  func opening(_ kind: AccountKind?) -> OpeningVerb { opening(kind?.managing ?? .teamsManage) }

  /// The person and their strongest system role, as in `ada (TokenOperator)`.
  var identity: String {
    let name = administration.operating.actor.name
    return administration.strongestRole.map { "\(name) (\($0.rawValue))" } ?? name
  }

  /// Reads one consistent state. An error is returned, and not thrown.
  func read<Value>(_ body: (any SecurityReader) throws -> Value) -> Result<Value, Problem> {
    Problem.catching { try administration.read(body) }
  }

  /// Carries out one transaction. An error is returned, and not thrown.
  func change<Value>(_ body: (Change) throws -> Value) -> Result<Value, Problem> {
    Problem.catching { try administration.change(body) }
  }
}

/// An error as a screen shows it.
package struct Problem: Error, Hashable, Sendable {
  package let message: String
  package let hint: String?
  /// Whether nothing is wrong, and the change waits for a second person.
  package let isWaiting: Bool

  package init(_ message: String, hint: String? = nil, isWaiting: Bool = false) {
    self.message = message
    self.hint = hint
    self.isWaiting = isWaiting
  }

  package init(_ error: any Error) {
    if let problem = error as? Problem {
      self = problem
    } else if let complaint = error as? any Complaint {
      self.init(complaint.message, hint: complaint.hint, isWaiting: complaint.exitStatus == .waiting)
    } else {
      // An error of another library may contain anything, so only its type is safe to show.
      self.init("internal error (\(type(of: error)))", hint: "nothing was changed")
    }
  }

  static func catching<Value>(_ body: () throws -> Value) -> Result<Value, Problem> {
    do { return .success(try body()) } catch { return .failure(Problem(error)) }
  }

  var tone: Toast.Kind { isWaiting ? .warning : .danger }

  /// Both texts in one line.
  package var line: String { hint.map { "\(message); \($0)" } ?? message }
}

extension Effect {
  /// Shows in the status line what went wrong, or that something waits.
  static func toast(_ problem: Problem) -> Effect { toast(problem.line, problem.tone) }
}
