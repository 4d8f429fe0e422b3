package import Access
internal import Store

/// The reason why something can't be undone, restored or purged. Nothing was changed.
package enum UndoProblem: Complaint, Hashable {
  /// The operator has no entry with this number.
  case noEntry(Int64)
  /// There is nothing to undo.
  case nothing
  case alreadyUndone(String)
  case final(String, why: String)
  case unreadable(String)
  /// A later change touched the same thing: who made it, and when, where this is known.
  case changedSince(String, by: LaterAuthor?, at: Timestamp?)
  /// The thing that the undoing would bring back no longer exists.
  case goneForGood(String)
  /// A living thing has this name by now.
  case nameTaken(kind: String, name: Name)
  /// The thing is not deleted, or no longer is.
  case notDeleted(kind: String, name: String)
  /// The connector of the thing is deleted.
  case placeDeleted(String)
  /// A request that means this thing could equally mean another widget or endpoint.
  case addressTaken(String)
  case neededByPlaces(Int)
  case neededByTokens(Int)

  package var message: String {
    switch self {
    case .noEntry(let number): "none of your changes that can be undone has the number \(number)"
    case .nothing: "there is none of your changes to undo"
    case .alreadyUndone: "it was undone already"
    case .final(_, let why): "this can't be undone: \(why)"
    case .unreadable: "this can't be undone: what is kept of it can't be read"
    case .changedSince(let what, let who, let at): Self.changed(what, by: who.map(\.words), at)
    case .goneForGood(let what): "\(what) was purged"
    case .nameTaken(let kind, let name): "a living \(kind) has the name \(quoted(name.text))"
    case .notDeleted(let kind, let name): "no \(kind) named \(quoted(name)) is deleted"
    case .placeDeleted(let name): "the connector of \(quoted(name)) is deleted"
    case .addressTaken(let what): "a request could mean it as well as the \(what)"
    case .neededByPlaces(let count):
      "\(count) living \(count == 1 ? "widget or endpoint is" : "widgets or endpoints are") of it"
    case .neededByTokens(let count):
      "\(count) \(count == 1 ? "token is" : "tokens are") limited to it, and would be limited no more"
    }
  }

  /// The message for the audit log, which has other readers: so it names the person where the message says
  /// *you*.
  var recordedMessage: String {
    guard case .changedSince(let what, let who, let at) = self else { return message }
    return Self.changed(what, by: who.map { quoted($0.name) }, at)
  }

  private static func changed(_ what: String, by who: String?, _ at: Timestamp?) -> String {
    "\(what) was changed since" + (who.map { ", by \($0)" } ?? "") + (at.map { " on \($0.minute) UTC" } ?? "")
  }

  package var hint: String? {
    switch self {
    case .noEntry, .nothing: "popsec undo --list shows them; they are kept for \(UndoLog.keptDays) days"
    case .alreadyUndone: "undo that undoing to have it again"
    case .final, .unreadable: "popsec undo --list shows what can be, and popsec undo NUMBER undoes it"
    case .changedSince(_, let who, _) where who?.isReader == true:
      "nothing was changed; undo what you changed since first"
    case .changedSince: "nothing was changed; what somebody else changed since is not undone"
    case .goneForGood: "it can't come back"
    case .nameTaken: "restore it under another name, or rename the other one"
    case .notDeleted: "names are compared whole, without regard to case; popsec deleted list shows them"
    case .placeDeleted: "restore that first"
    case .addressTaken: "give that another address, or delete it"
    case .neededByPlaces: "delete them first"
    case .neededByTokens: "revoke them, or change their limits first"
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .noEntry, .nothing, .goneForGood, .notDeleted: .noInput
    case .changedSince: .unavailable
    default: .badData
    }
  }
}

/// Who changed something after a change that is to be undone.
package struct LaterAuthor: Hashable, Sendable {
  /// The name under which they changed it.
  package let name: String
  /// Whether the author is the person who wants to undo.
  package let isReader: Bool

  package init(name: String, isReader: Bool = false) {
    self.name = name
    self.isReader = isReader
  }

  init(_ actor: Actor, reader: Operator) {
    let owner = actor.user.map(UndoOwner.user) ?? .actor(actor.name)
    self.init(name: actor.name, isReader: owner == reader.undoOwner)
  }

  /// The author as a message names them: `you`, or the name in quotes.
  var words: String { isReader ? "you" : quoted(name) }
}
