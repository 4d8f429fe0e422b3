/// Puts the lists of a service into groups. OData itself has no groups.
struct ODataGroups {
  private let grouping: ImportOptions.Grouping

  init(_ grouping: ImportOptions.Grouping) { self.grouping = grouping }

  /// Assigns a group to each list. `namespaces` has the namespaces of the lists' entity types, in the same
  /// order.
  func assign(to lists: inout [ListEntry<Spot<String>>], namespaces: [String]) {
    switch grouping {
    case .none, .tag, .path: break
    case .auto where Set(namespaces).count > 1, .namespace:
      for index in lists.indices where !namespaces[index].isEmpty { lists[index].group = namespaces[index] }
    case .auto, .word: assignWords(to: &lists)
    }
  }

  /// Groups the lists that begin with the same word, in singular or plural. A list that is alone with its
  /// word gets no group.
  private func assignWords(to lists: inout [ListEntry<Spot<String>>]) {
    let words = lists.map { Self.firstWord(of: $0.named.value) }
    var forms: [String: Set<String>] = [:]
    var counts: [String: Int] = [:]
    for word in words {
      forms[Self.stem(word), default: []].insert(word)
      counts[Self.stem(word), default: 0] += 1
    }
    for index in lists.indices {
      let stem = Self.stem(words[index])
      guard !stem.isEmpty, counts[stem, default: 0] > 1 else { continue }
      // The shorter form names the group: customers and customerPayments are in the group Customer.
      lists[index].group = forms[stem]?.min { ($0.count, $0) < ($1.count, $1) }
    }
  }

  private static func stem(_ word: String) -> String {
    let lower = word.lowercased()
    return lower.count > 3 && lower.hasSuffix("s") ? String(lower.dropLast()) : lower
  }

  /// The first word of a name: `Sales` for `salesOrders`, `Sales_Order` and `SALES-ORDERS`, and `GL` for
  /// `GLEntries`.
  static func firstWord(of name: String) -> String {
    let letters = Array(name.drop { !$0.isLetter && !$0.isNumber })
    var end = 0
    while end < letters.count, letters[end].isLetter || letters[end].isNumber {
      if end > 0, letters[end].isUppercase {
        let followsLower = !letters[end - 1].isUppercase
        let beginsWord = end + 1 < letters.count && letters[end + 1].isLowercase
        if followsLower || beginsWord { break }
      }
      end += 1
    }
    guard let first = letters.first else { return "" }
    return first.uppercased() + String(letters[1..<max(1, end)])
  }
}
