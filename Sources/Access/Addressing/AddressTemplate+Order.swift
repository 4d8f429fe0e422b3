extension AddressTemplate {
  /// Whether a request could mean both, exact as they are, and would mean this one: it would mean the other if
  /// this one were not there. Queries are not looked at.
  package func goes(before other: AddressTemplate) -> Bool {
    guard overlaps(other) else { return false }
    let different = zip(segments, other.segments).first { $0.rank != $1.rank }
    return different.map { $0.rank > $1.rank } ?? false
  }

  /// Whether a request could mean both, exact as they are. Queries are not looked at.
  package func overlaps(_ other: AddressTemplate) -> Bool {
    let (mine, its) = (key(.exact).shape, other.key(.exact).shape)
    return mine.host == its.host && mine.path.endsAtSlash == its.path.endsAtSlash
      && segments.count == other.segments.count
      && zip(segments, other.segments).allSatisfy { $0.overlaps($1) }
  }

  package var segmentCount: Int { segments.count }

  private var segments: [AddressPattern.Segment] { key(.exact).shape.path.segments }

  /// The segments without parameters by their places, after percent-decoding.
  package var literals: [Int: ArraySlice<UInt8>] {
    var literals: [Int: ArraySlice<UInt8>] = [:]
    for (place, segment) in segments.enumerated() {
      if case .literal(let text) = segment { literals[place] = text }
    }
    return literals
  }

  /// The host and the number of segments: those that differ in them mean no request in common.
  package var extent: [String] {
    let shape = key(.exact).shape
    return [shape.host, String(shape.path.segments.count)]
  }
}

extension AddressPattern.Segment {
  /// What goes first is greater: a literal, then the more literal bytes about a parameter, then the more of them
  /// before it.
  fileprivate var rank: (Int, Int, Int) {
    switch self {
    case .literal: (1, 0, 0)
    case .parameter(let frame): (0, frame.before.count + frame.after.count, frame.before.count)
    }
  }

  /// Whether there is text that both could mean.
  fileprivate func overlaps(_ other: Self) -> Bool {
    switch (self, other) {
    case (.literal(let one), .literal(let other)): one == other
    case (.literal(let text), .parameter(let frame)), (.parameter(let frame), .literal(let text)):
      text.count > frame.before.count + frame.after.count && text.starts(with: frame.before)
        && text.suffix(frame.after.count) == frame.after
    case (.parameter(let one), .parameter(let other)):
      zip(one.before, other.before).allSatisfy(==)
        && zip(one.after.reversed(), other.after.reversed()).allSatisfy(==)
    }
  }
}
