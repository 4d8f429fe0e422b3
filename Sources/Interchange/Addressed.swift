import Access

/// A widget or an endpoint with what its address identifies: the host without port in lower case, the
/// path, and the query parameters.
struct Addressed {
  let label: String
  /// Nil for one that is in the store, and not in the file.
  let position: FilePosition?
  let place: String
  let query: [Substring: Substring]

  init(kind: String, name: Name, _ address: Address, _ position: FilePosition?) {
    label = "\(kind) \(shown(name.text))"
    self.position = position
    let afterScheme =
      address.text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: true).last ?? ""
    let rest = afterScheme.drop { $0 == "/" }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let target = rest[authority.endIndex...]
    let path = target.prefix { $0 != "?" }
    place = Self.host(authority) + (path.isEmpty ? "/" : path)
    var query: [Substring: Substring] = [:]
    for parameter in target[path.endIndex...].dropFirst().split(separator: "&") {
      let name = parameter.prefix { $0 != "=" }
      query[name] = parameter[name.endIndex...].dropFirst()
    }
    self.query = query
  }

  /// Whether one request could mean both: the path of both matches to the same length, and no
  /// parameter tells them apart.
  func isAmbiguous(with other: Addressed) -> Bool {
    place == other.place && query.allSatisfy { name, value in (other.query[name] ?? value) == value }
  }

  /// Reports each that a request could mean as well as one before it.
  static func reportAmbiguous(_ all: [Addressed], _ problems: Problems) {
    for group in Dictionary(grouping: all, by: \.place).values where group.count > 1 {
      for (index, one) in group.enumerated() {
        let other = group[..<index].first { $0.isAmbiguous(with: one) }
        guard let other, let position = one.position ?? other.position else { continue }
        problems.add(
          "a request could mean the \(one.label) as well as the \(other.label)", at: position,
          hint: "give them addresses that differ in host, path or the value of a query parameter")
      }
    }
  }

  private static func host(_ authority: Substring) -> String {
    guard let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") else {
      return authority.lowercased()
    }
    return authority[..<colon].lowercased()
  }
}
