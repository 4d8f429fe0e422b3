// Sets are written in a fixed order, so that equal sets have equal texts.

extension Sequence where Element: CodedAsText {
  package func sortedByText() -> [Element] { sorted { $0.codedText < $1.codedText } }
}

extension Sequence where Element: RawRepresentable<String> {
  package func sortedByText() -> [Element] { sorted { $0.rawValue < $1.rawValue } }
}

extension SystemRole: Comparable {
  package static func < (left: Self, right: Self) -> Bool { left.codedText < right.codedText }
}

extension ConnectorRole: Comparable {
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
