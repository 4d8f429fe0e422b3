import Access

/// The question before a change.
enum Question {
  /// Nobody is asked.
  case none
  /// A yes to what would be done, with a summary of it.
  case yes(String, String)
  /// The number of things with which something would be done.
  case count(String, Int)
  /// The name of the thing with which something would be done. The note says whether the command can be undone.
  case name(String, Name, note: String)

  /// Makes sure that the change is meant: by `--yes`, or by the answer of a person.
  func confirm(yes isSaid: Bool) throws(Trouble) {
    switch self {
    case .none: return
    case .yes(let what, let summary): try Asking.confirm(what, summary, yes: isSaid)
    case .count(let what, let count): try Asking.confirm(what, count: count, yes: isSaid)
    case .name(let what, let name, let note): try Asking.confirm(what, named: name, noting: note, yes: isSaid)
    }
  }
}
