/// Finds the path items to which others refer. No other document is ever opened.
struct OpenAPIReferences {
  private let document: OpenAPIDocument
  private let paths: [String: OpenAPIDocument.PathItem]

  init(_ document: OpenAPIDocument) {
    self.document = document
    paths = Dictionary(document.paths.map { ($0.path.value, $0.item) }) { first, _ in first }
  }

  /// The path item itself, or the one to which its references finally lead.
  func resolved(_ item: OpenAPIDocument.PathItem) throws(SyntaxError) -> OpenAPIDocument.PathItem {
    var seen: Set<String> = []
    var item = item
    while let reference = item.reference {
      guard seen.insert(reference.value).inserted else {
        throw SyntaxError("this reference goes round in a circle", at: reference.position)
      }
      let next = try target(of: reference)
      // The fields beside a reference add to what it refers to (section 4.8.9).
      var merged = next
      merged.operations = item.operations + next.operations
      merged.server = item.server ?? next.server
      item = merged
    }
    return item
  }

  private func target(of reference: Spot<String>) throws(SyntaxError) -> OpenAPIDocument.PathItem {
    guard reference.value.hasPrefix("#") else { throw Self.leadsElsewhere(reference) }
    let parts = reference.value.dropFirst().split(separator: "/").map(Self.unescaped)
    if parts.count == 3, parts[0] == "components", parts[1] == "pathItems",
      let found = document.components[parts[2]]
    {
      return found
    }
    if parts.count == 2, parts[0] == "paths", let found = paths[parts[1]] { return found }
    throw SyntaxError("this reference leads to no path item of the document", at: reference.position)
  }

  /// Refuses an operation that is a reference. The format has no such references (section 4.8.10), but
  /// documents that are split over files use them for tools that bundle the files. What such a reference
  /// leads to is unknown.
  static func require(standingHere operation: OpenAPIDocument.Operation) throws(SyntaxError) {
    if let reference = operation.reference { throw leadsElsewhere(reference) }
  }

  private static func leadsElsewhere(_ reference: Spot<String>) -> SyntaxError {
    SyntaxError(
      "what stands elsewhere is not read", at: reference.position,
      hint: "bundle it first: make one document of all of them, which many OpenAPI tools do")
  }

  /// Decodes one part of a JSON pointer in a fragment (RFC 6901, section 6).
  private static func unescaped(_ part: Substring) -> String {
    var text = ""
    var rest = part[...]
    while let character = rest.popFirst() {
      if character == "%", let byte = UInt8(rest.prefix(2), radix: 16), byte < 0x80 {
        text.unicodeScalars.append(Unicode.Scalar(byte))
        rest = rest.dropFirst(2)
      } else {
        text.append(character)
      }
    }
    return text.replacing("~1", with: "/").replacing("~0", with: "~")
  }
}
