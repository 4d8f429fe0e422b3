package import Access

/// The reason why the mending of a denial can't be proposed. Nothing was proposed.
package enum RequestProblem: Complaint, Hashable {
  /// The request is allowed by now.
  case allowed
  /// No addition would allow the request.
  case noFix
  /// What was chosen is none of the smallest changes any more.
  case changedMeanwhile
  /// The denial was kept without what was asked for.
  case notKept(DecisionID)
  /// The change prolongs something, and names no instant itself.
  case needsEnd
  /// The end does not lie ahead.
  case endPassed(Timestamp)
  /// This part of the change would stay after the end.
  case takesNoEnd(String)
  /// The request would still be denied after the change.
  case mendsNothing
  /// What was to be proposed would change nothing.
  case changesNothing

  package var message: String {
    switch self {
    case .allowed: "the request is allowed by now, so there is nothing to propose"
    case .noFix: "no addition would allow this request"
    case .changedMeanwhile: "what would allow the request has changed meanwhile"
    case .notKept(let id): "denial \(id) is kept without what would have to be asked again"
    case .needsEnd: "what would allow the request is prolonged, and nobody said until when"
    case .endPassed(let end): "the end \(end) does not lie ahead"
    case .takesNoEnd(let words): "to \(words) has no end of its own, and would stay after it"
    case .mendsNothing: "the request would still be denied afterwards"
    case .changesNothing: "what is proposed would change nothing"
    }
  }

  package var hint: String? {
    switch self {
    case .allowed: "popsec check tells the decision as of now"
    case .noFix, .mendsNothing: "popsec explain tells why it is denied"
    case .changesNothing: "somebody may have made the change meanwhile"
    case .changedMeanwhile: "look at it again, and propose what would allow it now"
    case .notKept: "name the request instead, as popsec explain takes it"
    case .needsEnd: "say it with --until, as in --until +14d"
    case .endPassed: "give a later one, as in --until +14d"
    case .takesNoEnd: "propose it without an end, and say in the reason until when it is needed"
    }
  }

  package var exitStatus: ExitStatus { .badData }
}
