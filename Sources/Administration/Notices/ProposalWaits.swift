internal import Access
internal import Store

extension NoticeCondition {
  static let proposalWaits = NoticeCondition(
    "proposal.waits", "a proposal waits in the Inbox for a second person", for: .securityRead
  ) { scene in
    try scene.administration.proposals().compactMap { proposalWaits($0, at: scene.now) }
  }

  static func proposalWaits(_ proposal: Proposal, at now: Timestamp) -> NoticeSighting? {
    guard proposal.state == .waiting, proposal.isOpen(at: now) else { return nil }
    return NoticeSighting(
      subject: "proposal/\(proposal.number)", mark: proposal.at.description, at: proposal.at,
      words: "proposal \(proposal.number) of \(quoted(proposal.asker)) waits for "
        + (proposal.kind == .request ? "somebody who may do it" : "a second person") + " until "
        + "\(proposal.expiresAt.minute) UTC: \(proposal.title)",
      data: [
        "number": .number(proposal.number), "kind": .text(proposal.kind.rawValue),
        "askedBy": .text(proposal.asker), "expires": .text(proposal.expiresAt.description),
      ])
  }
}
