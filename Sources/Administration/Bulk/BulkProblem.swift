package import Access

/// The reason why something can't be done with all of many accounts. Nothing is done with any of them then.
package enum BulkProblem: Complaint, Hashable {
  /// Copies would have the names of living accounts; `more` are not named.
  case namesTaken(AccountKind, [Name], more: Int)
  /// The copy of this account would have what is no name.
  case copyName(of: Name, NameProblem)
  /// An account has something that can't be joined with the same thing of the other, which is told in words.
  case apart(String, of: Name)

  package var message: String {
    switch self {
    case .namesTaken(let kind, let names, let more):
      "there are \(kind.title)s with the names of copies already: "
        + names.map { quoted($0.text) }.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    case .copyName(let name, let problem): "\(quoted(name.text)) can't be copied: \(problem.description)"
    case .apart(let what, let name):
      "\(quoted(name.text)) has another \(what): one that joins the two would give more than both"
    }
  }

  package var hint: String? {
    switch self {
    case .namesTaken: "nothing was copied; choose another suffix"
    case .copyName: "nothing was copied; choose another suffix, or duplicate this one by itself"
    case .apart: "nothing was copied; let the rights take the place of what is there, or give them by a team"
    }
  }

  package var exitStatus: ExitStatus { .badData }
}
