import Access
private import Foundation

/// A ``Coverage`` that is read from a draft. Earlier versions of popsec wrote its elements under `_0`.
struct KeptCoverage<Element: Codable & Comparable & Hashable & Sendable>: Decodable, Equatable, Sendable {
  let coverage: Coverage<Element>

  private enum Key: CodingKey { case all, only }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    guard container.contains(.only) else {
      coverage = .all
      return
    }
    let elements: [KeptElement<Element>]
    do { elements = try container.decode([KeptElement<Element>].self, forKey: .only) } catch {
      elements = try container.decode([String: [KeptElement<Element>]].self, forKey: .only)["_0"] ?? []
    }
    coverage = .only(Set(elements.map(\.element)))
  }
}

/// An element that is read from a draft. Earlier versions of popsec wrote a custom role as `custom/ID`, and
/// an item as `LIST/ITEM`.
private struct KeptElement<Element: Codable>: Decodable {
  let element: Element

  init(from decoder: any Decoder) throws {
    do { element = try Element(from: decoder) } catch {
      let parts = try decoder.singleValueContainer().decode(String.self)
        .split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else { throw error }
      let json =
        try parts[0] == "custom"
        ? JSONEncoder().encode("role:" + parts[1]) : JSONEncoder().encode(parts)
      element = try JSONDecoder().decode(Element.self, from: json)
    }
  }
}
