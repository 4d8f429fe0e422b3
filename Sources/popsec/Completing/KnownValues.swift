import Access
import Store

/// Values that are the same in every store, or that show the form of a value.
enum KnownValues {
  /// The values of a kind; nil where the store has them.
  static func values(_ kind: NameCompletion, now: Timestamp) -> [String]? {
    switch kind {
    case .permissions: Permission.allCases.map(\.rawValue)
    case .connectorRoles: ConnectorRole.allCases.map(\.rawValue)
    case .settings: Setting.allCases.map(\.key)
    case .schemas: NamedSchema.titles.map(\.name)
    case .methods: ["GET", "POST", "PUT", "PATCH", "DELETE"]
    case .laterTimes(let ends): later(now) + (ends ? ["never"] : [])
    case .earlierTimes: [-1, -7, -30].map { day(now.adding(days: $0)) } + [day(now), now.description]
    case .times: ["now", now.description] + later(now)
    case .sources: ["127.0.0.1", "10.0.0.1", "192.168.0.1", "::1"]
    case .networks: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]
    case .conditions(let kind): ConditionRule.completions(in: kind)
    default: nil
    }
  }

  /// Times from now, and days.
  private static func later(_ now: Timestamp) -> [String] {
    ["+1h", "+24h", "+7d", "+14d", "+30d", "+90d"] + [1, 7, 30].map { day(now.adding(days: $0)) }
  }

  /// A day, as in 2027-02-21.
  private static func day(_ instant: Timestamp) -> String { String(instant.description.prefix(10)) }
}
