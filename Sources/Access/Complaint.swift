/// An error as it is told to a person: what went wrong and with what, and what to do.
///
/// Both texts are in lower case, without a full stop, and never hold a Token ID.
package protocol Complaint: Error, Sendable {
  var message: String { get }
  var hint: String? { get }
  var exitStatus: ExitStatus { get }
}

/// How the program ends, as in sysexits.h(3head).
package enum ExitStatus: Int32, Sendable {
  case success = 0
  /// A check that ended with a denial.
  case denied = 1
  /// EX_USAGE: the command was used wrongly, or not where it can work.
  case usage = 64
  /// EX_DATAERR: bad input.
  case badData = 65
  /// EX_NOINPUT: what was named does not exist.
  case noInput = 66
  /// EX_UNAVAILABLE: the store can't be used.
  case unavailable = 69
  /// EX_SOFTWARE: an inconsistency within popsec.
  case software = 70
  /// EX_CANTCREAT: something could not be made.
  case cannotCreate = 73
  /// EX_IOERR: reading or writing failed.
  case inputOutput = 74
  /// EX_TEMPFAIL: it is not done yet: it waits for a second person.
  case waiting = 75
  /// EX_NOPERM: the operator may not do this.
  case notPermitted = 77
}

/// A complaint made where it arises.
package struct Trouble: Complaint, Hashable, CustomStringConvertible {
  package let message: String
  package let hint: String?
  package let exitStatus: ExitStatus

  package init(_ message: String, hint: String? = nil, exitStatus: ExitStatus) {
    self.message = message
    self.hint = hint
    self.exitStatus = exitStatus
  }

  package var description: String { message }
}
