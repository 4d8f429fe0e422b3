package import Access

/// Refusals of one actor that got no row of their own in the audit log. A row of the log sums them up.
package struct RefusalSum: Hashable, Sendable {
  package let actor: Actor
  package let beganAt: Timestamp
  package let endedAt: Timestamp
  package let times: Int64
  /// What was refused last, in words.
  package let latest: String

  package init(actor: Actor, beganAt: Timestamp, endedAt: Timestamp, times: Int64, latest: String) {
    self.actor = actor
    self.beganAt = beganAt
    self.endedAt = endedAt
    self.times = times
    self.latest = latest
  }
}

package protocol RefusalWriting {
  /// Adds one refusal to the actor's sum.
  func countRefusal(of actor: Actor, _ what: String, at now: Timestamp) throws
  /// Removes the sums that began no later than an instant, or that end after the present by a clock that was set
  /// back since, and returns them.
  func takeRefusalSums(begunBy: Timestamp, now: Timestamp) throws -> [RefusalSum]
}
