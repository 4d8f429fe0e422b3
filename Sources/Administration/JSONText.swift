private import Access
private import Foundation

/// JSON as popsec prints it, with sorted keys and unescaped slashes.
package enum JSONText {
  /// JSON for people, logs and files, in which unseen characters are escaped.
  ///
  /// - Parameter isIndented: whether the text has several lines, instead of one.
  package static func encode(_ value: any Encodable, isIndented: Bool = false) throws -> String {
    escapingUnseen(inJSON: try plain(value, isIndented: isIndented))
  }

  /// JSON as the encoder writes it, for programs.
  package static func plain(_ value: any Encodable, isIndented: Bool = false) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isIndented { encoder.outputFormatting.insert(.prettyPrinted) }
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
