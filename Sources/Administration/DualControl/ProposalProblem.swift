package import Access
package import Store

/// The change is not yet made, because it waits for a second person.
package struct WaitingNotice: Complaint, Hashable {
  /// The number of the ``Proposal``.
  package let number: Int64
  package let expiresAt: Timestamp

  init(_ proposal: Proposal) { (number, expiresAt) = (proposal.number, proposal.expiresAt) }

  package var message: String { "nothing was done yet: it waits for a second person, as proposal \(number)" }
  package var hint: String? {
    "somebody else who may do it agrees in the Inbox, or by popsec inbox agree \(number), before "
      + "\(expiresAt.minute) UTC"
  }
  package var exitStatus: ExitStatus { .waiting }
}

/// The reason why a proposal can't be decided, or why something can't be proposed. Nothing was changed.
package enum ProposalProblem: Complaint, Hashable {
  case missing(Int64)
  /// The proposal was decided already, by this person.
  case decided(Int64, Proposal.State, by: String?)
  /// The person who asked has already done what was agreed to.
  case used(Int64)
  case expired(Int64)
  /// The person who asked can't agree.
  case own
  /// The operator is not a user, so popsec can't tell them from the person who asked.
  case noUser
  /// One of the two people made the other, or let them log in, within a day, directly or through others.
  case made(String)
  /// One person's waiting proposals are so many that they would hide those of others.
  case tooMany
  /// The person who asked could not do it any more.
  case askerMayNot(String, why: String)
  /// The state from which the proposal was computed has changed.
  case outdated(Int64)
  /// Something changed since the proposal was made; the text tells what.
  case changedSince(Int64, String)
  case unreadable(Int64)
  /// The change is too large, or can only be made at once.
  case cannotWait
  /// The file that would wait holds a Token ID, for example in a comment.
  case tokenID
  /// Only the person who asked can withdraw a proposal.
  case notOwn(Int64)
  /// A request is declined with a sentence for the person who asked.
  case noReason

  package var message: String {
    switch self {
    case .missing(let number): "there is no proposal \(number)"
    case .decided(let number, let state, let who):
      "proposal \(number) \(state.words)" + (who.map { " by \(quoted($0))" } ?? "")
    case .used(let number): "proposal \(number) was agreed to, and whoever asked has done it"
    case .changedSince(_, let what): what
    case .expired(let number): "proposal \(number) expired"
    case .own: "you asked for it yourself"
    case .noUser: "only a user of this store can be told from whoever asked"
    case .made(let name):
      "within a day you and \(quoted(name)), who asked, made or let in one another, or one person did with both"
    case .tooMany: "too much that you asked for waits already"
    case .askerMayNot(let name, let why): "\(quoted(name)), who asked, could not do it any more: \(why)"
    case .outdated(let number): "what proposal \(number) was computed from was changed since"
    case .unreadable(let number): "what is kept of proposal \(number) can't be read"
    case .cannotWait: "this needs a second person, and can't wait for one"
    case .tokenID: "this needs a second person, and the file that would wait holds a Token ID"
    case .notOwn(let number): "somebody else asked for proposal \(number)"
    case .noReason: "whoever asked is owed a reason"
    }
  }

  package var hint: String? {
    switch self {
    case .missing: "popsec inbox list shows them"
    case .decided, .used: "popsec inbox --all shows what became of it"
    case .expired, .outdated, .changedSince: "nothing was changed; whoever asked can ask again"
    case .own, .made: "somebody else has to agree"
    case .tooMany: "popsec inbox withdraw takes some of it back"
    case .noUser: "agree as one: over SSH, or by a Unix account that a user has"
    case .askerMayNot: "nothing was changed; decline it, or ask for it yourself"
    case .unreadable: "decline it, and have it asked for again"
    case .cannotWait: "do it in smaller parts, and new Token IDs apart; to end access at once, disable it"
    case .tokenID: "take it out: the file is kept until somebody agrees, and shown to who can"
    case .notOwn: "decline it, where you could agree"
    case .noReason: "popsec inbox refuse NUMBER --because TEXT"
    }
  }

  /// Whether the error refuses a way around the second person, or a person without the rights.
  var isRefusal: Bool {
    switch self {
    case .own, .noUser, .made, .askerMayNot, .notOwn, .tooMany, .cannotWait: true
    default: false
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .missing: .noInput
    case .own, .noUser, .made, .askerMayNot, .notOwn: .notPermitted
    case .outdated, .changedSince: .unavailable
    case .tooMany, .decided, .used, .expired, .unreadable, .cannotWait, .tokenID, .noReason: .badData
    }
  }
}

extension Proposal.State {
  /// The words that follow "proposal 12".
  package var words: String {
    switch self {
    case .waiting: "waits"
    case .agreed: "was agreed to"
    case .done: "was carried out"
    case .declined: "was declined"
    case .withdrawn: "was withdrawn"
    }
  }
}
