package func newBreach(
  of law: Law<AsFound>, by subject: LawSubject, in ground: LawGround,
  before: (law: Law<AsFound>, subject: LawSubject, ground: LawGround)?, at now: Timestamp
) -> LawBreach? {
  if let before, firstBreach(of: before.law, by: before.subject, in: before.ground, at: now) != nil { return nil }
  return firstBreach(of: law, by: subject, in: ground, at: now)
}
