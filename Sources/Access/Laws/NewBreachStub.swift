package func newBreach(
  of law: Law<AsFound>, by subject: LawSubject, in ground: LawGround,
  before: (subject: LawSubject, ground: LawGround)?, at now: Timestamp
) -> LawBreach? {
  if let before, firstBreach(of: law, by: before.subject, in: before.ground, at: now) != nil { return nil }
  return firstBreach(of: law, by: subject, in: ground, at: now)
}
