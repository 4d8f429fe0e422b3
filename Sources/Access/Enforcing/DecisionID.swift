/// The name of one decision of the gate: 16 random lower-case hexadecimal digits.
package struct DecisionID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  package let rawValue: String

  package init?(rawValue: String) {
    guard rawValue.utf8.count == 16,
      rawValue.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    self.rawValue = rawValue
  }

  package init(_ bits: UInt64) {
    rawValue = String(unsafeUninitializedCapacity: 16) { buffer in
      for index in 0..<16 {
        let digit = UInt8(truncatingIfNeeded: bits >> UInt64(60 - 4 * index)) & 0xF
        buffer[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
      }
      return 16
    }
  }

  package static func random() -> DecisionID { DecisionID(.random(in: .min ... .max)) }

  package var description: String { rawValue }
}
