/// The reason that a person gives for asking for a change or for declining one: 1 to 500 characters in one line,
/// under the same rules as a ``Name``.
package struct Reason: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package init(_ raw: some StringProtocol) throws(ReasonProblem) {
    let words = raw.split(whereSeparator: \.isWhitespace)
    guard !words.isEmpty else { throw .empty }
    let text = words.joined(separator: " ")
    do { self.text = try Summary(text).text } catch { throw .unfit(error) }
  }

  package var description: String { text }
}

/// Why a text is not a ``Reason``.
package enum ReasonProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case empty
  case unfit(NameProblem)

  package var description: String {
    switch self {
    case .empty: "a reason must not be empty"
    case .unfit(.tooLong): "a reason has at most \(Summary.maximumCharacterCount) characters"
    case .unfit(.tokenID): "this holds a Token ID, and a reason is shown to others"
    case .unfit: "a reason must not contain control characters or invisible ones"
    }
  }
}
