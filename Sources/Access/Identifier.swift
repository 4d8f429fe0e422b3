/// The identity of one thing of a kind: a random number of 63 bits, never reused.
///
/// Written as 1 to 13 characters of 0–9 and a–z (base 36), so that it can stand in an
/// argument, a file name or an address without quoting.
package struct Identifier<Kind>: RawRepresentable, Hashable, Sendable, Comparable,
  CustomStringConvertible
{
  /// Greater than zero.
  package let rawValue: Int64

  package init?(rawValue: Int64) {
    guard rawValue > 0 else { return nil }
    self.rawValue = rawValue
  }

  /// Reads what ``description`` wrote.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count <= 13, !text.hasPrefix("+"), text == text.lowercased(),
      let value = Int64(text, radix: 36)
    else { return nil }
    self.init(rawValue: value)
  }

  fileprivate init(nonzero: Int64) { rawValue = nonzero }

  /// A new one. Two collide with a chance of 1 in 4 million among a million; the store's
  /// primary key refuses such a pair.
  package static func random(using generator: inout some RandomNumberGenerator) -> Self {
    Self(nonzero: Int64.random(in: 1...Int64.max, using: &generator))
  }

  package static func random() -> Self {
    var generator = SystemRandomNumberGenerator()
    return random(using: &generator)
  }

  /// The same number, as the identity of one thing of another kind: where a kind is told by a value.
  func of<Other>(_ kind: Other.Type) -> Identifier<Other> { Identifier<Other>(nonzero: rawValue) }

  package var description: String { String(rawValue, radix: 36) }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
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
