private import Administration
internal import Crypto
internal import Foundation

/// Makes and reads the `next_token` of a search: the place that the search reached, encrypted under a key of
/// this process. So a token reveals no name that the caller did not find, and continues only its own search.
struct SearchSeal: Sendable {
  private let key = SymmetricKey(size: .bits256)

  /// - Parameter question: everything that is asked, without the page.
  func token(_ spot: SearchSpot, of question: Data) throws -> String {
    let sealed = try AES.GCM.seal(
      Data(try JSONText.plain(spot.keys).utf8), using: key, authenticating: question)
    return sealed.combined?.base64EncodedString() ?? ""
  }

  /// Errors: ``GateProblem/body(_:)`` for a token that was not made here, or belongs to another question.
  func spot(_ token: String, of question: Data) throws(GateProblem) -> SearchSpot {
    do {
      guard let combined = Data(base64Encoded: token) else { throw GateProblem.body("") }
      let opened = try AES.GCM.open(
        try AES.GCM.SealedBox(combined: combined), using: key, authenticating: question)
      return SearchSpot(keys: try JSONDecoder().decode([String].self, from: opened))
    } catch {
      throw .body("the page's token continues no such search: begin it anew, without a token")
    }
  }
}

/// The place of a search in the order of its candidates: the keys of the last candidate that was looked at.
struct SearchSpot: Hashable, Sendable {
  let keys: [String]

  /// The place before all candidates.
  static let beginning = SearchSpot(keys: [])

  static func < (left: Self, right: Self) -> Bool {
    for (left, right) in zip(left.keys, right.keys) where left != right {
      return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
    return left.keys.count < right.keys.count
  }
}
