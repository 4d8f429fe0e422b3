import Access
import Administration
import Store

/// A law in the path of a place. A law is known by its name, which may have any signs.
enum LawPlace {
  private static let added = "+"

  /// - Parameter name: nil for a law that is added.
  static func text(_ name: Name?) -> String {
    guard let name else { return added }
    return name.text.utf8.map { byte in
      let isPlain = byte < 0x80 && Character(Unicode.Scalar(byte)).isPlain
      let digits = String(byte, radix: 16)
      return isPlain ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + digits
    }.joined()
  }

  /// The editor of the law; nil where it is gone.
  static func editor(_ text: String, _ context: ConsoleContext) -> LawEditor? {
    if text == added {
      // The kind is put back with the other fields.
      return context.administration.mayChangeLaws ? LawEditor(adding: .never, context: context) : nil
    }
    guard let name = name(text), let law = try? context.read({ try $0.present(name) }).get() else {
      return nil
    }
    return LawEditor(law, context: context)
  }

  private static func name(_ text: String) -> Name? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
      rest = rest.dropFirst(2)
      bytes.append(value)
    }
    return String(validating: bytes, as: UTF8.self).flatMap { try? Name($0) }
  }
}

extension Character {
  fileprivate var isPlain: Bool { isLetter || isNumber || self == "-" }
}
