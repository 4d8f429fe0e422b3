/// The identity of one thing of a kind: a random number of 63 bits that is never reused.
///
/// An identifier is written as 1 to 13 characters of 0–9 and a–z (base 36), so that it needs no quoting in an
/// argument, a file name or an address.
package struct Identifier<Kind>: RawRepresentable, Hashable, Sendable, Comparable,
  CustomStringConvertible
{
  /// The number, which is greater than zero.
  package let rawValue: Int64

  package init?(rawValue: Int64) {
    guard rawValue > 0 else { return nil }
    self.rawValue = rawValue
  }

  /// Reads the text that ``description`` gives.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count <= 13, !text.hasPrefix("+"), text == text.lowercased(),
      let value = Int64(text, radix: 36)
    else { return nil }
    self.init(rawValue: value)
  }

  fileprivate init(nonzero: Int64) { rawValue = nonzero }

  /// Makes a new identifier. Among a million identifiers the chance that two are equal is 1 in 4 million; the
  /// store's primary key refuses such a pair.
  package static func random(using generator: inout some RandomNumberGenerator) -> Self {
    Self(nonzero: Int64.random(in: 1...Int64.max, using: &generator))
  }

  package static func random() -> Self {
    var generator = SystemRandomNumberGenerator()
    return random(using: &generator)
  }

  /// The same number as the identifier of another kind of thing. This is needed where a value tells the kind.
  func of<Other>(_ kind: Other.Type) -> Identifier<Other> { Identifier<Other>(nonzero: rawValue) }

  package var description: String { String(rawValue, radix: 36) }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

// What Swift gives to every type with a raw value asks at each comparison which type that is, and makes a hasher of 64 bytes
// for each look into a set.
extension Identifier {
  package static func == (left: Self, right: Self) -> Bool { left.rawValue == right.rawValue }

  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

  package func _rawHashValue(seed: Int) -> Int { rawValue._rawHashValue(seed: seed) }
}

package typealias AccountID = Identifier<Account>
package typealias TeamID = Identifier<Team>
package typealias RoleID = Identifier<CustomRole>
package typealias GrantID = Identifier<Grant>
package typealias TokenRowID = Identifier<Token>
package typealias TokenSecretID = Identifier<StoredTokenID>
package typealias ConnectorID = Identifier<Connector>
package typealias CompanyID = Identifier<Company>
package typealias ListID = Identifier<CatalogueList>
package typealias ItemID = Identifier<Item>
package typealias WidgetID = Identifier<Widget>
package typealias EndpointID = Identifier<Endpoint>
