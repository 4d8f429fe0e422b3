package import Access

/// A condition as somebody wrote it: checked, but with names for which nothing was looked up yet.
package struct WrittenCondition: Hashable, Sendable {
  package let key: ConditionKey
  package let value: Value
  package var isNegated = false

  package init(_ key: ConditionKey, _ value: Value) { (self.key, self.value) = (key, value) }

  package enum Value: Hashable, Sendable {
    case name(Name)
    case owner(WrittenOwner)
    case label(Label)
    case labelKey(String)
    case state(ConditionState)
    case kind(ConditionKind)
    /// Nil: no network.
    case network(Network?)
    case time(WrittenTime)
  }
}

/// An owner as somebody wrote it.
package enum WrittenOwner: Hashable, Sendable {
  case nobody
  case user(Name)
  /// This text alone.
  case text(OwnerText)
  /// This text, or the user whose name it is.
  case either(OwnerText)
}

/// A time of a condition as somebody wrote it.
package enum WrittenTime: Hashable, Sendable {
  case never
  /// The day in UTC that begins at this instant.
  case day(Timestamp)
  case less(Mark)
  case more(Mark)

  package enum Mark: Hashable, Sendable {
    /// So long from now, or so long ago.
    case span(TimeSpan)
    case instant(Timestamp)
  }

  /// The range of instants at which something lies ahead; nil for `never`. What has ended is left out, unless an
  /// instant in the past is named.
  func rangeAhead(of now: Timestamp) -> TimeRange? {
    switch self {
    case .never: nil
    case .day(let start): TimeRange(from: start, before: start.adding(days: 1))
    case .less(.span(let span)):
      TimeRange(from: now.adding(seconds: 1), before: now.adding(seconds: span.seconds + 1))
    case .more(.span(let span)): TimeRange(from: now.adding(seconds: span.seconds + 1))
    case .less(.instant(let instant)):
      TimeRange(from: instant > now ? now.adding(seconds: 1) : nil, before: instant)
    case .more(.instant(let instant)): TimeRange(from: instant)
    }
  }

  /// The range of instants at which something happened; nil for `never`. A span is an age.
  func rangeBehind(_ now: Timestamp) -> TimeRange? {
    switch self {
    case .less(.span(let span)): TimeRange(from: now.adding(seconds: 1 - span.seconds))
    case .more(.span(let span)): TimeRange(before: now.adding(seconds: 1 - span.seconds))
    case .less(.instant(let instant)): TimeRange(before: instant)
    case .never, .day, .more(.instant): rangeAhead(of: now)
    }
  }

  /// The range that a key asks for; nil for `never`.
  package func range(_ key: ConditionKey, _ now: Timestamp) -> TimeRange? {
    key == .ends ? rangeAhead(of: now) : rangeBehind(now)
  }
}

/// Instants from one, which is included, to before another, which is not.
package struct TimeRange: Hashable, Sendable {
  package let from: Timestamp?
  package let before: Timestamp?

  package init(from: Timestamp? = nil, before: Timestamp? = nil) {
    (self.from, self.before) = (from, before)
  }

  package func contains(_ instant: Timestamp) -> Bool {
    (from.map { $0 <= instant } ?? true) && (before.map { instant < $0 } ?? true)
  }
}
