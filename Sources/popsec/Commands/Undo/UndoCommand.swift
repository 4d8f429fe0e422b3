import Access
import Administration
import ArgumentParser
import Store

struct UndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Undo one of your own changes.",
    discussion: """
      What it does is shown first, and it asks. It is a change of its own, with the same permissions and audit \
      rows as any other, and is refused where something came after what it would take back. Revoking a token, \
      and giving it a new Token ID, can't be undone. A command that changes nothing leaves no change to undo, and \
      without a number the change before it is undone. So in a script name the number that the command printed.

      Examples:
        popsec undo
        popsec undo --list
        popsec undo 42 --yes
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The number of the change in --list; the default is the latest.")
  var number: Int64?

  @Flag(help: "List your recent changes, the latest first.")
  var list = false

  @Flag(help: "Don't ask.")
  var yes = false

  func validate() throws {
    guard !list || (number == nil && !yes) else { throw ValidationError("--list is used by itself") }
  }

  func run() throws {
    try global.run { session in
      guard !list else {
        return try session.list(session.administration.ownChanges().map(UndoEntryRecord.init))
      }
      try undo(session)
    }
  }

  private func undo(_ session: Session) throws {
    let administration = session.administration
    let latest = try Administration.latestChange(of: administration.ownChanges())
    guard let number = number ?? latest?.number else { throw UndoProblem.nothing }
    let trial = try administration.tryUndo(number)
    let note = trial.preview.isFinal ? TakingBack.never : trial.entry.title
    _ = try session.carryOut(
      TriedEffect(trial.effect), asking: .yes("undo this", note), yes: yes,
      telling: { try session.tell(trial) }, making: { _ = try $0.undo(number) })
    try session.tell(UndoRecord(trial.preview), trial.entry.titleOfUndoing)
  }
}

extension Session {
  /// Prints what undoing does, for people, before a question.
  fileprivate func tell(_ trial: UndoTrial) throws {
    try output.line(
      output.shown("undoing what you did at \(trial.entry.at.minute) UTC: \(trial.entry.title)"))
    for line in trial.preview.lines { try output.line(output.shown("  \(line)")) }
    if trial.preview.isFinal { try output.line("  ! \(TakingBack.never)") }
  }
}
