/// An error in the words that a person reads: what went wrong and with what, and what to do.
///
/// Both texts are in lower case, without a full stop, and never hold a Token ID.
package protocol Complaint: Error, Sendable {
  var message: String { get }
  var hint: String? { get }
  var exitStatus: ExitStatus { get }
}

/// The exit status of the program, with the values of sysexits.h(3head).
package enum ExitStatus: Int32, Sendable, CaseIterable {
  case success = 0
  /// A check that ended in a denial.
  case denied = 1
  /// EX_USAGE: the command was used wrongly, or in a place where it can't work.
  case usage = 64
  /// EX_DATAERR: the input is bad.
  case badData = 65
  /// EX_NOINPUT: the thing that was named does not exist.
  case noInput = 66
  /// EX_UNAVAILABLE: the store can't be used.
  case unavailable = 69
  /// EX_SOFTWARE: an inconsistency within popsec.
  case software = 70
  /// EX_CANTCREAT: something could not be created.
  case cannotCreate = 73
  /// EX_IOERR: reading or writing failed.
  case inputOutput = 74
  /// EX_TEMPFAIL: the change is not yet made, because it waits for a second person.
  case waiting = 75
  /// EX_NOPERM: the operator may not do this.
  case notPermitted = 77

  /// What the status tells, in a few words for people.
  package var meaning: String {
    switch self {
    case .success: "what was asked for is done; a check allowed"
    case .denied: "the answer is no: a check denied, or something was found"
    case .usage: "the command was used wrongly, or where it can't work, and nothing was changed"
    case .badData: "bad data: what was given can't be read, or can't be so"
    case .noInput: "no such thing: what was named is not there"
    case .unavailable: "the store can't be used now"
    case .software: "this should not have happened: please report it"
    case .cannotCreate: "something could not be created"
    case .inputOutput:
      "reading or writing failed; where a change was made before, the message says so"
    case .waiting: "the change is not made yet: it waits for a second person"
    case .notPermitted: "you may not do this"
    }
  }
}

/// A complaint whose words are given where the error occurs.
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
