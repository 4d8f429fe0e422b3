/// Decides whether a subject breaks a law, at some instant from now on that is already fixed. The answer is the
/// counterexample with the earliest instant; nil where the law holds for the subject, or does not mean the subject.
///
/// The function is pure, and asks of a grant what ``decide(_:)`` asks in step 6. Its cost goes with what the subject
/// has and the law names, and not with the store.
package func firstBreach(
  of law: Law<AsFound>, by subject: LawSubject, in ground: LawGround, at now: Timestamp
) -> LawBreach? {
  newBreach(of: law, by: subject, in: ground, before: nil, at: now)
}

/// Decides whether a widget that asks for no token breaks a law: where it shows to everybody what no API user may ever
/// see. As with a subject it does not matter whether the widget is enabled.
package func firstBreach(
  of law: Law<AsFound>, by widget: Widget, in ground: LawGround, at now: Timestamp
) -> LawBreach? {
  newBreach(of: law, by: widget, in: ground, before: nil, at: now)
}

/// The first breach that stands after a change and did not stand before it; nil where there is none.
///
/// A breach is the law with the subject and the pair (or item, or two pairs, or token) that break it. The instant has no
/// part in this: what was to begin later, and begins earlier now, is no new breach. What an exception, or the role
/// Administrator of a user, excused before is one once it is excused no more.
///
/// - Parameters:
///   - law: the law with what its names mean after the change. Before the change the same is meant, so that *all* of a
///     grant of before covers what came to exist under a name of the law.
///   - before: the subject before the change, and what there was; nil where there was no such subject. Both grounds have
///     their part of each connector that the law names; for `within`, of each one on which the subject or the team has a
///     grant after the change or had one before.
///   - lawBefore: the law with what its names meant before the change, where that was something else; in another form
///     it counts for nothing. So, where a list is given a name of the law, what was seen of the list before is no breach
///     of before. What came to exist in the change has its new id here, too.
package func newBreach(
  of law: Law<AsFound>, by subject: LawSubject, in ground: LawGround,
  before: (subject: LawSubject, ground: LawGround)?, lawBefore: Law<AsFound>? = nil, at now: Timestamp
) -> LawBreach? {
  newBreach(of: law, by: subject, in: ground, before: before, lawBefore: lawBefore, at: now, going: {})
}

/// The same for somebody who may have no time.
///
/// - Parameter going: called often. An error that the closure throws ends the search.
package func newBreach(
  of law: Law<AsFound>, by subject: LawSubject, in ground: LawGround,
  before: (subject: LawSubject, ground: LawGround)?, lawBefore: Law<AsFound>? = nil, at now: Timestamp,
  going: () throws -> Void
) rethrows -> LawBreach? {
  let gone = before.map { Set($0.ground.parts.keys).subtracting(ground.parts.keys) } ?? []
  let trial = LawTrial(of: law, subject, in: ground, gone: gone, at: now)
  let lawBefore = lawBefore ?? law
  func past() -> LawTrial? {
    guard let before, lawBefore.form.isLike(law.form) else { return nil }
    return LawTrial(of: lawBefore, before.subject, in: before.ground, at: now)
  }
  return try trial?.first(since: past, going).map {
    LawBreach(breaker: .account(subject.id), finding: $0.finding, at: $0.at)
  }
}

/// The same for a widget: what it shows to everybody after a change, and did not show before.
package func newBreach(
  of law: Law<AsFound>, by widget: Widget, in ground: LawGround, before: (widget: Widget, ground: LawGround)?,
  lawBefore: Law<AsFound>? = nil, at now: Timestamp
) -> LawBreach? {
  let past = before.map { (lawBefore ?? law).shown(by: $0.widget, in: $0.ground) } ?? []
  let things = law.shown(by: widget, in: ground).lazy.compactMap { ground.thing(of: $0, outside: past[...]) }
  return preferred(things) { $0.exists }.map {
    LawBreach(breaker: .openWidget(widget.id), finding: .shows($0), at: now)
  }
}

extension LawForm {
  /// Whether both are of one form, whatever they say.
  fileprivate func isLike(_ other: LawForm) -> Bool {
    switch (self, other) {
    case (.never, .never), (.apart, .apart), (.within, .within), (.tokens, .tokens), (.owned, .owned): true
    default: false
    }
  }
}

extension Law<AsFound> {
  /// What an open widget shows of what no API user may ever see.
  fileprivate func shown(by widget: Widget, in ground: LawGround) -> [SightBox] {
    guard widget.isOpen, case .never(let who, let what) = form, who.apiUsers == .all else { return [] }
    // Whoever opens the widget sees all companies of its lists, and all items of them.
    let all = Dictionary(uniqueKeysWithValues: ItemKind.allCases.map { ($0, Coverage<ListItem>.all) })
    let shown = Permissions(roles: [.user], companies: .all, lists: .only(widget.lists), items: all)
    return what.boxes.compactMap { box in
      SightBox(shown, on: .present(widget.connector), ground.parts[widget.connector], box.kind).intersection(
        box)
    }
  }
}
