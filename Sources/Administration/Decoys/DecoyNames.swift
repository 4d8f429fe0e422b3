package import Access

/// Names for an API user and its token that look like those which a store has. Whoever reads the names must not be able to
/// tell a decoy by them.
package struct DecoyNames {
  /// The names of some API users, and of some of their tokens.
  let accounts: [Name]
  let tokens: [Name]

  package init(accounts: [Name], tokens: [Name]) { (self.accounts, self.tokens) = (accounts, tokens) }

  private static let heads = [
    "Portal", "Reporting", "Dashboard", "Webshop", "Warehouse", "Mobile app", "Partner portal", "Data export",
    "Intranet", "Kiosk", "Field service", "BI connector", "Order tracking", "Supplier portal", "Archive",
    "Customer portal", "Price list", "Stock check", "Sales board", "Finance sync",
  ]
  private static let tails = [
    "North", "South", "East", "West", "EMEA", "DACH", "Nordics", "Benelux", "Iberia", "APAC", "Canada",
    "Brazil",
    "France", "Germany", "Italy", "Poland", "Japan", "India", "HQ", "Branch 2", "Test", "Staging", "Legacy",
    "Internal",
    "External", "Retail", "Wholesale", "Service",
  ]
  private static let tokenNames = [
    "portal", "web", "api", "default", "main", "app", "export", "widget", "site",
  ]

  /// A name for an API user that none has; nil where chance finds none.
  package func account(
    using generator: inout some RandomNumberGenerator, isTaken: (Name) throws -> Bool
  ) rethrows -> Name? {
    for _ in 0..<50 {
      if let name = mixed(&generator), try !isTaken(name) { return name }
    }
    for _ in 0..<200 {
      guard let name = listed(&generator) else { continue }
      if try !isTaken(name) { return name }
    }
    return nil
  }

  /// A name for the token: one that other tokens have, where there are some.
  package func token(using generator: inout some RandomNumberGenerator) -> Name? {
    tokens.randomElement(using: &generator)
      ?? Self.tokenNames.randomElement(using: &generator).flatMap { try? Name($0) }
  }

  /// The beginning of one name with the end of another.
  private func mixed(_ generator: inout some RandomNumberGenerator) -> Name? {
    guard let (head, own) = accounts.randomElement(using: &generator).flatMap(Self.parts),
      let (_, tail) = accounts.randomElement(using: &generator).flatMap(Self.parts), tail != own
    else { return nil }
    return try? Name(head + tail)
  }

  private func listed(_ generator: inout some RandomNumberGenerator) -> Name? {
    // A store in which all names begin alike has no API user that begins otherwise.
    let own = accounts.compactMap(Self.parts).map(\.head)
    guard
      let head = own.randomElement(using: &generator)
        ?? Self.heads.randomElement(using: &generator).map({ $0 + " " }),
      let tail = Self.tails.randomElement(using: &generator)
    else { return nil }
    guard accounts.isEmpty, let form = Form.allCases.randomElement(using: &generator) else {
      return try? Name(head + tail)
    }
    return try? Name(form.written(head + tail))
  }

  /// The ways in which people write names. In a store without API users nothing tells which one is usual.
  private enum Form: CaseIterable {
    case words, hyphens, underlines, dots

    func written(_ words: String) -> String {
      let separator: Character
      switch self {
      case .words: return words
      case .hyphens: separator = "-"
      case .underlines: separator = "_"
      case .dots: separator = "."
      }
      return String(words.lowercased().map { $0 == " " ? separator : $0 })
    }
  }

  /// A name up to its last word, with what stands before that word; nil for a name of one word.
  private static func parts(_ name: Name) -> (head: String, tail: String)? {
    let separators: Set<Character> = [" ", "-", "_", ".", "/"]
    guard let last = name.text.lastIndex(where: separators.contains) else { return nil }
    let tail = name.text.index(after: last)
    guard last > name.text.startIndex, tail < name.text.endIndex else { return nil }
    return (String(name.text[..<tail]), String(name.text[tail...]))
  }
}
