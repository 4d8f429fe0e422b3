/// A document of settings as text, of which one top-level block can be replaced while all else stays: comments, order
/// and blank lines.
package struct ConfigText: Sendable {
  package private(set) var text: String

  package init(_ text: String) { self.text = text }

  /// Replaces the block of a key, or adds the block at the end. Nil removes the block.
  ///
  /// The function goes by lines and knows block style only. Whoever calls it must read the result again, and write
  /// the whole document anew where the result does not say what it should.
  package mutating func replace(_ key: ConfigKey, with value: DocumentValue?) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    let member = value.map { DocumentValue.Member(key: key.rawValue, value: $0) }
    let block = member.map { DocumentValue.mapping([$0]).yaml.split(separator: "\n").map(String.init) } ?? []
    if let range = Self.block(of: key, in: lines) {
      lines.replaceSubrange(range, with: block)
    } else {
      lines += block
    }
    text = lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  /// The lines of a key's block. Comments and blank lines before the next key belong to that key.
  private static func block(of key: ConfigKey, in lines: [String]) -> Range<Int>? {
    guard let start = lines.firstIndex(where: { $0.hasPrefix(key.rawValue + ":") }) else { return nil }
    var end = start + 1
    var last = end
    while end < lines.count {
      let line = lines[end]
      let isBlank = line.allSatisfy { $0 == " " || $0 == "\r" }
      let isComment = line.hasPrefix("#")
      // A list may stand in the column of its key.
      let belongs = line.first == " " || line.hasPrefix("- ") || line == "-"
      guard belongs || isBlank || isComment else { break }
      end += 1
      if belongs && !isBlank { last = end }
    }
    return start..<last
  }
}
