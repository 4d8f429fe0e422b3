extension AddressTemplate {
  /// Whether a request could match both templates exactly, and would then mean this one. Queries are not
  /// compared.
  package func goes(before other: AddressTemplate) -> Bool {
    guard overlaps(other) else { return false }
    let different = zip(segments, other.segments).first { $0.rank != $1.rank }
    return different.map { $0.rank > $1.rank } ?? false
  }

  /// Whether a request could match both templates exactly. Queries are not compared.
  package func overlaps(_ other: AddressTemplate) -> Bool {
    let (mine, its) = (key(.exact).shape, other.key(.exact).shape)
    return mine.host == its.host && mine.path.endsAtSlash == its.path.endsAtSlash
      && segments.count == other.segments.count
      && zip(segments, other.segments).allSatisfy { $0.overlaps($1) }
  }

  package var segmentCount: Int { segments.count }

  private var segments: [AddressPattern.Segment] { key(.exact).shape.path.segments }

  /// The segments without parameters, by their positions, after percent-decoding.
  package var literals: [Int: ArraySlice<UInt8>] {
    var literals: [Int: ArraySlice<UInt8>] = [:]
    for (place, segment) in segments.enumerated() {
      if case .literal(let text) = segment { literals[place] = text }
    }
    return literals
  }

  /// The host and the number of segments. No request matches two templates that differ in these.
  package var extent: [String] {
    let shape = key(.exact).shape
    return [shape.host, String(shape.path.segments.count)]
  }
}

extension AddressPattern.Segment {
  /// The rank of a segment; the more specific segment has the greater rank. A literal ranks above a
  /// parameter. Between parameters, more literal bytes in the segment rank higher, then more of them before
  /// the parameter.
  fileprivate var rank: (Int, Int, Int) {
    switch self {
    case .literal: (1, 0, 0)
    case .parameter(let frame): (0, frame.before.count + frame.after.count, frame.before.count)
    }
  }

  /// Whether some text matches both segments.
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
