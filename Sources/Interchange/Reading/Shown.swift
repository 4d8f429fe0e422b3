package import Access
private import Administration

/// A text from a file, made fit for a message: in quotes, harmless, not too long, and never a Token ID.
package func shown(_ text: String) -> String { shown(text, atMost: 60) }

/// The same with at most `limit` scalars of the text.
func shown(_ text: String, atMost limit: Int) -> String {
  if text.contains(TokenID.prefix) { return quoted("pst_…") }
  var harmless = ""
  for scalar in text.unicodeScalars.prefix(limit) {
    if isHarmless(scalar) {
      harmless.unicodeScalars.append(scalar)
    } else {
      harmless += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    }
  }
  return quoted(text.unicodeScalars.count > limit ? harmless + "…" : harmless)
}

extension Nearest {
  /// The hint `did you mean “…”?`, where some candidate is near enough.
  package static func hint(to word: String, among candidates: some Sequence<String>) -> String? {
    nearest(to: word, among: candidates).map { "did you mean \(shown($0))?" }
  }
}

private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
  default: true
  }
}

/// The words as a choice in a sentence: `a, b or c`.
package func choice(_ words: [String]) -> String {
  guard words.count > 1, let last = words.last else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " or " + last
}
