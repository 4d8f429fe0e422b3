internal import Access
internal import Store

extension NoticeCondition {
  /// Both conditions rest for hours, because each reads the whole store.
  private static let restSeconds: Int64 = 6 * 3_600

  static let storeFails = NoticeCondition(
    "store.fails", "popsec doctor finds something wrong with the store", for: .securityRead,
    .onceWhileItHolds, restSeconds: restSeconds
  ) { scene in storeFails(try scene.health(), at: scene.now) }

  /// One sighting for each checked thing, however many problems the thing has.
  static func storeFails(_ findings: [NoticeFinding], at now: Timestamp) -> [NoticeSighting] {
    Dictionary(grouping: findings, by: \.subject).sorted { $0.key < $1.key }.compactMap { subject, findings in
      guard let first = findings.first else { return nil }
      return NoticeSighting(
        subject: "store", mark: subject, at: now, words: "\(subject): \(more(first.text, findings.count))",
        data: ["check": .text(subject), "findings": .number(Int64(findings.count))])
    }
  }

  static let auditFails = NoticeCondition(
    "audit.fails", "popsec audit verify finds that the audit log was altered", for: .auditRead,
    .onceWhileItHolds, restSeconds: restSeconds
  ) { scene in auditFails(try scene.administration.verifyAudit().findings.map(\.text), at: scene.now) }

  static func auditFails(_ findings: [String], at now: Timestamp) -> [NoticeSighting] {
    guard let first = findings.first else { return [] }
    return [
      NoticeSighting(
        subject: "audit", mark: "", at: now, words: "audit log: \(more(first, findings.count))",
        data: ["findings": .number(Int64(findings.count))])
    ]
  }

  private static func more(_ first: String, _ count: Int) -> String {
    count > 1 ? "\(first), and \(count - 1) more" : first
  }
}
