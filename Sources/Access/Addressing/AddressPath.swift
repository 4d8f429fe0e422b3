/// The path of an address or of a request. Paths are compared byte by byte after percent-decoding.
///
/// A path that servers read in more than one way is refused, and never normalized: one with `//`, `;`, `\`, a
/// dot segment, or an encoded `/`, `\`, `.` or NUL (`security-file.md`, Addresses).
package struct AddressPath: Hashable, Sendable {
  /// The decoded bytes, which begin with `/`.
  package let bytes: [UInt8]

  private static let slash = UInt8(ascii: "/")

  /// Reads a path. An empty path means `/` (RFC 9110, section 4.2.3).
  package init(_ raw: some StringProtocol) throws(AddressPathProblem) {
    let raw = raw.isEmpty ? Array("/".utf8) : Array(raw.utf8)
    guard raw.first == Self.slash else { throw .notAbsolute }
    guard raw.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { throw .character }
    guard !raw.contains(UInt8(ascii: ";")), !raw.contains(UInt8(ascii: "\\")) else { throw .separator }
    guard let decoded = percentDecoded(raw[...]) else { throw .escape }
    for escaped in decoded.escaped where "/\\.\0".utf8.contains(escaped) { throw .escapedSeparator }
    bytes = decoded.bytes
    let segments = bytes.dropFirst().split(separator: Self.slash, omittingEmptySubsequences: false)
    // The last segment may be empty, because a path may end with a slash.
    guard segments.dropLast().allSatisfy({ !$0.isEmpty }) else { throw .emptySegment }
    guard !segments.contains(where: { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }) else {
      throw .dotSegment
    }
  }

  /// The texts between the slashes. None is empty: the empty text after a final slash is left out.
  package var segments: [ArraySlice<UInt8>] { bytes.split(separator: Self.slash) }

  package var endsAtSlash: Bool { bytes.last == Self.slash }
}

/// The reason why a path is refused.
package enum AddressPathProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case notAbsolute, character, escape, separator, escapedSeparator, emptySegment, dotSegment
  /// The path has a brace that is not part of a `{name}`, or two parameters in one segment. Only the path of
  /// an address is refused for these, never the path of a request.
  case parameter, parameters

  package var description: String {
    switch self {
    case .notAbsolute: "a path begins with /"
    case .character: "a path must not contain white space or control characters"
    case .escape: "a % in a path is followed by two hexadecimal digits"
    case .separator: "a path must not contain ; or \\"
    case .escapedSeparator: "a path must not contain an encoded / \\ . or NUL"
    case .emptySegment: "a path must not contain //"
    case .dotSegment: "a path must not contain . or .. as a segment"
    case .parameter: "a parameter of a path is a name in braces, as in /orders/{id}; other braces are encoded"
    case .parameters: "a segment of a path must not have two parameters"
    }
  }
}

/// Decodes percent-encoding (RFC 3986, section 2.1), and tells which bytes were encoded. The result is nil
/// where a `%` is not followed by two hexadecimal digits.
func percentDecoded(_ raw: ArraySlice<UInt8>) -> (bytes: [UInt8], escaped: [UInt8])? {
  var (bytes, escaped): ([UInt8], [UInt8]) = ([], [])
  bytes.reserveCapacity(raw.count)
  var index = raw.startIndex
  while index < raw.endIndex {
    guard raw[index] == UInt8(ascii: "%") else {
      bytes.append(raw[index])
      index += 1
      continue
    }
    guard index + 2 < raw.endIndex, let high = hexDigit(raw[index + 1]), let low = hexDigit(raw[index + 2])
    else { return nil }
    bytes.append(high << 4 | low)
    escaped.append(high << 4 | low)
    index += 3
  }
  return (bytes, escaped)
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39: byte - 0x30
  case 0x41...0x46: byte - 0x41 + 10
  case 0x61...0x66: byte - 0x61 + 10
  default: nil
  }
}
