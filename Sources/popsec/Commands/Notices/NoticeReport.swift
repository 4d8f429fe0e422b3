import Access
import Administration
import Store

/// What a run reports beside its output, and how the run ends.
struct NoticeReport {
  let search: NoticeSearch
  let run: NoticeRun?
  let now: Timestamp

  /// What went wrong, one line each. The last problem is missing, because it is the error with which the run
  /// ends.
  var notes: [String] {
    var notes = search.troubles
    if search.givenUpCount > 0 {
      notes.append("\(count(search.givenUpCount)) waited for too long, or were too many, and were given up")
    }
    if search.leftCount > 0 { notes.append("the next run raises \(search.leftCount) more") }
    notes += (run?.refused ?? []).map { "\($0.event.id) was refused, and is given up: \($0.problem ?? "")" }
    return notes
  }

  /// The error with which the run ends; nil where everything was handed over.
  var trouble: Trouble? {
    if let run, run.waitingCount > 0, run.failed != nil || isResting(run) {
      let why = run.failed.map { "\($0.event.id) was not delivered: \($0.problem ?? "")" }
      let next = run.nextAttemptAt.map { "; the next attempt is due at \($0)" } ?? ""
      return Trouble(
        why ?? "\(count(run.waitingCount)) could not be delivered before",
        hint: "\(count(run.waitingCount)) wait\(run.waitingCount == 1 ? "s" : "") in all\(next)",
        exitStatus: .waiting)
    }
    if let refused = run?.refused, !refused.isEmpty {
      return Trouble(
        "the receiver refused \(count(refused.count))", hint: "popsec notify list shows what was given up",
        exitStatus: .badData)
    }
    if !search.troubles.isEmpty {
      return Trouble(
        "not all could be looked at", hint: "the next run tells what there was to tell",
        exitStatus: .unavailable)
    }
    return nil
  }

  /// Prints the notes, and throws the error. Errors: ``Trouble``.
  func tell() throws(Trouble) {
    for note in notes { Asking.say("note: " + note) }
    if let trouble { throw trouble }
  }

  /// Whether the waiting notices wait for their time. Otherwise they only wait for the next run.
  private func isResting(_ run: NoticeRun) -> Bool { run.nextAttemptAt.map { $0 > now } ?? false }

  private func count(_ number: Int) -> String { number == 1 ? "1 notice" : "\(number.grouped) notices" }
}
