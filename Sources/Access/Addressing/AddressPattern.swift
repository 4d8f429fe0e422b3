/// The path of an address, segment by segment, with parameters in the places that a request fills in. Two
/// patterns that differ only in the names of their parameters are equal, because no request could distinguish
/// them.
package struct AddressPattern: Hashable, Sendable {
  enum Segment: Hashable, Sendable {
    /// The segment consists of these bytes, after percent-decoding.
    case literal(ArraySlice<UInt8>)
    /// The segment has a parameter of one or more bytes between two literals, which may be empty.
    case parameter(ParameterFrame)
  }

  let segments: [Segment]
  /// Whether the path ends with a `/`, or is nothing but a `/`.
  let endsAtSlash: Bool

  /// Reads a path as it is written. An encoded brace stands for the brace itself, and begins no parameter.
  static func parse(
    _ raw: some StringProtocol
  ) throws(AddressPathProblem) -> (pattern: AddressPattern, names: [String]) {
    let written = Array((raw.isEmpty ? "/" : String(raw)).utf8)
    let pieces = written.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    var (texts, names): ([WrittenSegment], [String]) = ([], [])
    for piece in pieces {
      let text = try WrittenSegment(piece)
      texts.append(text)
      if let name = text.name { names.append(String(decoding: name, as: UTF8.self)) }
    }
    // The rules for every path are checked on a path whose parameters are filled in.
    let filled = texts.map(\.filled).joined(separator: "/".utf8)
    let path = try AddressPath(String(decoding: Array(filled), as: UTF8.self))
    var segments: [Segment] = []
    for text in texts.dropFirst().prefix(path.segments.count) { segments.append(try text.decoded()) }
    return (AddressPattern(segments: segments, endsAtSlash: path.endsAtSlash), names)
  }
}

/// The literal texts before and after a parameter in its segment, after percent-decoding.
struct ParameterFrame: Hashable, Sendable {
  let before: ArraySlice<UInt8>
  let after: ArraySlice<UInt8>

  var isEmpty: Bool { before.isEmpty && after.isEmpty }
}

/// A segment of an address as it is written: literal text, at most one `{name}`, and more literal text.
private struct WrittenSegment {
  private static let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))

  let before: ArraySlice<UInt8>
  /// The parameter's name; nil where the segment has no parameter, and then `after` is empty too.
  var name: ArraySlice<UInt8>?
  var after: ArraySlice<UInt8> = []

  init(_ raw: ArraySlice<UInt8>) throws(AddressPathProblem) {
    let braces = raw.filter { $0 == Self.open || $0 == Self.close }
    guard !braces.isEmpty else {
      before = raw
      return
    }
    guard let opening = raw.firstIndex(of: Self.open), let closing = raw.firstIndex(of: Self.close),
      opening < closing
    else { throw .parameter }
    guard braces.count == 2 else {
      throw braces.elementsEqual((0..<braces.count).map { $0 % 2 == 0 ? Self.open : Self.close })
        && braces.count % 2 == 0 ? .parameters : .parameter
    }
    let name = raw[(opening + 1)..<closing]
    guard (1...100).contains(name.count), !name.contains(UInt8(ascii: "%")), !name.contains(UInt8(ascii: ";"))
    else { throw .parameter }
    (before, self.name, after) = (raw[..<opening], name, raw[(closing + 1)...])
  }

  /// The segment with a letter in place of the parameter. The letter is not a hexadecimal digit, so that the
  /// letter can't complete a percent-escape.
  var filled: [UInt8] { before + (name == nil ? [] : [UInt8(ascii: "x")]) + after }

  func decoded() throws(AddressPathProblem) -> AddressPattern.Segment {
    guard let before = percentDecoded(before), let after = percentDecoded(after) else { throw .escape }
    guard name != nil else { return .literal(before.bytes[...]) }
    return .parameter(ParameterFrame(before: before.bytes[...], after: after.bytes[...]))
  }
}
