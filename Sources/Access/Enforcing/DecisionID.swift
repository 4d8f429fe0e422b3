/// The name of one decision of the gate: 16 random lower-case hexadecimal digits.
package struct DecisionID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: String

  package init?(rawValue: String) {
    guard HexWord.isOne(rawValue) else { return nil }
    self.rawValue = rawValue
  }

  package init(_ bits: UInt64) { rawValue = HexWord.text(bits) }

  package static func random() -> DecisionID { DecisionID(.random(in: .min ... .max)) }

  package var description: String { rawValue }
}
