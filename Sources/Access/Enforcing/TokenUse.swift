/// A place where a token was used.
package enum UsedPlace: Hashable, Sendable {
  case widget(WidgetID)
  case endpoint(EndpointID)
  case api(ConnectorID)

  /// The kind of place, as the store writes it.
  package var kind: String {
    switch self {
    case .widget: "widget"
    case .endpoint: "endpoint"
    case .api: "api"
    }
  }

  package var rawID: Int64 {
    switch self {
    case .widget(let id): id.rawValue
    case .endpoint(let id): id.rawValue
    case .api(let id): id.rawValue
    }
  }

  package init?(kind: String, rawID: Int64) {
    let place: UsedPlace? =
      switch kind {
      case "widget": WidgetID(rawValue: rawID).map(Self.widget)
      case "endpoint": EndpointID(rawValue: rawID).map(Self.endpoint)
      case "api": ConnectorID(rawValue: rawID).map(Self.api)
      default: nil
      }
    guard let place else { return nil }
    self = place
  }
}

/// The recorded uses of one Token ID, either during a stretch of time or since it was made.
package struct TokenIDUse: Hashable, Sendable {
  package let secret: TokenSecretID
  package let token: TokenRowID
  package let account: AccountID
  package private(set) var firstUsedAt: Timestamp?
  package private(set) var lastUsedAt: Timestamp?
  /// The source address of the last use.
  package private(set) var source: IPAddress?
  /// From where else it was used in this stretch of time; at most ``otherSourceLimit``. What is kept in all has none.
  package private(set) var otherSources: [IPAddress] = []
  package private(set) var place: UsedPlace?
  package private(set) var useCount: Int
  package private(set) var denialCount: Int
  package private(set) var lastDeniedAt: Timestamp?

  package init(
    secret: TokenSecretID, token: TokenRowID, account: AccountID, firstUsedAt: Timestamp? = nil,
    lastUsedAt: Timestamp? = nil, source: IPAddress? = nil, place: UsedPlace? = nil, useCount: Int = 0,
    denialCount: Int = 0, lastDeniedAt: Timestamp? = nil
  ) {
    self.secret = secret
    self.token = token
    self.account = account
    self.firstUsedAt = firstUsedAt
    self.lastUsedAt = lastUsedAt
    self.source = source
    self.place = place
    self.useCount = useCount
    self.denialCount = denialCount
    self.lastDeniedAt = lastDeniedAt
  }

  /// Counts one use. A recorded time never goes back, whatever the clock does.
  package mutating func countUse(at now: Timestamp, source: IPAddress?, place: UsedPlace?) {
    useCount += 1
    firstUsedAt = min(firstUsedAt ?? now, now)
    guard lastUsedAt.map({ $0 <= now }) ?? true else {
      if let source, source != self.source { remember(source) }
      return
    }
    // Who comes again and again from one place costs one comparison.
    if let last = self.source, last != source { remember(last) }
    (lastUsedAt, self.source, self.place) = (now, source, place)
  }

  /// So many, since a gate's thread looks through them with each request.
  package static let otherSourceLimit = 8

  private mutating func remember(_ source: IPAddress) {
    guard otherSources.count < Self.otherSourceLimit, !otherSources.contains(source) else { return }
    otherSources.append(source)
  }

  package mutating func countDenial(at now: Timestamp) {
    denialCount += 1
    lastDeniedAt = max(lastDeniedAt ?? now, now)
  }

  /// Adds uses of the same Token ID that were gathered elsewhere.
  package mutating func add(_ other: TokenIDUse) {
    useCount += other.useCount
    denialCount += other.denialCount
    firstUsedAt = [firstUsedAt, other.firstUsedAt].compactMap { $0 }.min()
    lastDeniedAt = [lastDeniedAt, other.lastDeniedAt].compactMap { $0 }.max()
    for source in other.otherSources { remember(source) }
    guard let last = other.lastUsedAt, lastUsedAt.map({ $0 <= last }) ?? true else {
      if let source = other.source { remember(source) }
      return
    }
    if let source, source != other.source { remember(source) }
    (lastUsedAt, source, place) = (last, other.source, other.place)
  }
}
