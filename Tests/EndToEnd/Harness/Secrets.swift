import Foundation
import Synchronization

/// Token IDs in what programs wrote.
enum Secrets {
  /// A Token ID, also where the end of a row parts it.
  private static let pattern = "pst_(?:[\r\n ]*[0-9A-Za-z]){38}"

  static func found(in text: String) -> [String] {
    var found: [String] = []
    var rest = text[...]
    while let range = rest.range(of: pattern, options: .regularExpression) {
      found.append(rest[range].filter { !$0.isWhitespace })
      rest = rest[range.upperBound...]
    }
    return found
  }

  static func masked(_ text: String) -> String {
    text.replacingOccurrences(of: pattern, with: "pst_(masked)", options: .regularExpression)
  }
}
