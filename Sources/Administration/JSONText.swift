private import Access
private import Foundation

/// JSON as popsec prints it: keys sorted, slashes as they are.
package enum JSONText {
  /// In what is printed for people, logs and files: what is unseen is escaped.
  ///
  /// - Parameter isIndented: over several lines, else in one.
  package static func encode(_ value: any Encodable, isIndented: Bool = false) throws -> String {
    escapingUnseen(inJSON: try plain(value, isIndented: isIndented))
  }

  /// As the encoder writes it, for programs.
  package static func plain(_ value: any Encodable, isIndented: Bool = false) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isIndented { encoder.outputFormatting.insert(.prettyPrinted) }
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
