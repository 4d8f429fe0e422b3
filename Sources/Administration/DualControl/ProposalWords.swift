package import Access
package import Store

/// One line of what a proposal would change.
package struct ProposalLine: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case reason, heading, field, before, after, remark }

  package let kind: Kind
  package let text: String
}

extension ProposalPreview {
  /// The exact difference: what would be done to which thing, and each field before and after.
  package var lines: [ProposalLine] {
    guard isShown else {
      return [ProposalLine(kind: .remark, text: "what it would change is shown to who could decide it")]
    }
    var lines = reasons.map { ProposalLine(kind: .reason, text: $0) } + rows.flatMap(ProposalLine.lines)
    if rowCount > rows.count {
      lines.append(
        ProposalLine(
          kind: .remark,
          text: "… and \(rowCount - rows.count) more changes: popsec inbox show \(proposal.number) shows all")
      )
    }
    return lines
  }
}

extension ProposalLine {
  /// What a row of the audit log changed: the thing, and each field before and after.
  static func lines(_ row: AuditRecord) -> [ProposalLine] {
    [ProposalLine(kind: .heading, text: "\(row.action)  \(row.target.title)")]
      + row.fields.flatMap { field in
        [ProposalLine(kind: .field, text: field.name)]
          + (field.before.map { [ProposalLine(kind: .before, text: $0.isEmpty ? "nothing" : $0)] } ?? [])
          + (field.after.map { [ProposalLine(kind: .after, text: $0.isEmpty ? "nothing" : $0)] } ?? [])
      }
  }
}

extension Proposal {
  /// The state in words, as in `waits` or `expired`.
  package func stateWords(at now: Timestamp) -> String {
    switch state {
    case .waiting, .agreed: now < expiresAt ? openWords : "expired"
    case .done: "carried out"
    case .declined: "declined"
    case .withdrawn: "withdrawn"
    }
  }

  private var openWords: String {
    if state == .waiting { return "waits" }
    return kind == .request ? "waits for two" : "agreed to"
  }

  package func facts(at now: Timestamp, _ times: TimeWords = .utc) -> [(title: String, value: String)] {
    [
      ("Proposal", String(number)), ("What", title), ("Asked by", asker),
      (times.titled("Asked"), times.fact(at)), ("Reason", reason?.text ?? ""),
      ("Denial", decision?.rawValue ?? ""), ("Carries on", request.map { "request \($0)" } ?? ""),
      ("State", stateWords(at: now)),
      (times.titled("Until"), isOpen(at: now) ? times.fact(expiresAt) : ""),
      ("Decided by", decidedBy ?? ""), (times.titled("Decided"), decidedAt.map(times.fact) ?? ""),
      ("Because", because?.text ?? ""),
    ]
  }

  /// What follows from agreeing, beside the changes.
  package var agreeingWords: String {
    if kind == .request {
      return "agreeing carries it out with your rights; where it takes two, it waits for another"
    }
    return isCarriedOutByAgreeing
      ? "agreeing carries it out at once" : "once somebody agreed, \(quoted(asker)) may do it once"
  }

  private var isCarriedOutByAgreeing: Bool { kind.isCarriedOut }
}

extension Proposal {
  /// The user who asked; nil where the person is not a user.
  package var askerID: AccountID? { if case .user(let id) = owner { id } else { nil } }
}
