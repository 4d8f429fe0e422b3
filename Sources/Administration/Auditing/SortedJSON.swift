/// Encodes values as JSON with sorted keys: the same bytes as Foundation's encoder writes with `.sortedKeys` and
/// `.withoutEscapingSlashes`, in less than half of the time. Each row of the audit log has such a text, and the chain's hash
/// covers the text.
///
/// Numbers with a fraction are refused, because no value that is recorded has any.
enum SortedJSON {
  static func encode(_ value: some Encodable) throws -> String {
    let part = JSONPart()
    try part.encode(value)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512)
    part.write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// One value of a JSON text, while it is made. It becomes an object or an array when it is asked for a container.
final class JSONPart: Encoder {
  private enum Form {
    case text(String)
    case word(String)
    /// In the order of their keys.
    case members([(key: String, value: JSONPart)])
    case elements([JSONPart])
  }

  private var form: Form = .members([])

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func encode(_ value: some Encodable) throws {
    // These would ask for a container of a single value.
    switch value {
    case let text as String: set(text)
    case let number as Int64: set(word: String(number))
    default: try value.encode(to: self)
    }
  }

  func set(_ text: String) { form = .text(text) }
  func set(word: String) { form = .word(word) }

  /// Adds a member of an object. A member of the same key is replaced.
  func member(_ key: String) -> JSONPart {
    let part = JSONPart()
    guard case .members(var members) = form else {
      form = .members([(key, part)])
      return part
    }
    form = .members([])
    // The members are few, and most come in order.
    var index = members.endIndex
    while index > 0, key < members[index - 1].key { index -= 1 }
    if index > 0, members[index - 1].key == key {
      members[index - 1].value = part
    } else {
      members.insert((key, part), at: index)
    }
    form = .members(members)
    return part
  }

  func beginElements() { if case .elements = form {} else { form = .elements([]) } }

  var elementCount: Int { if case .elements(let elements) = form { elements.count } else { 0 } }

  func element() -> JSONPart {
    let part = JSONPart()
    guard case .elements(var elements) = form else {
      form = .elements([part])
      return part
    }
    form = .elements([])
    elements.append(part)
    form = .elements(elements)
    return part
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(KeyedPart(part: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    beginElements()
    return UnkeyedPart(part: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { SinglePart(part: self) }

  func write(to bytes: inout [UInt8]) {
    switch form {
    case .text(let text): Self.write(text, to: &bytes)
    case .word(let word): bytes.append(contentsOf: word.utf8)
    case .members(let members):
      bytes.append(UInt8(ascii: "{"))
      var isFirst = true
      for member in members {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        Self.write(member.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    case .elements(let elements):
      bytes.append(UInt8(ascii: "["))
      var isFirst = true
      for element in elements {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        element.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    }
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      if utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
        bytes.append(contentsOf: utf8)
      } else {
        for byte in utf8 { escape(byte, to: &bytes) }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func escape(_ byte: UInt8, to bytes: inout [UInt8]) {
    let short: UInt8? =
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
      case 0x08: UInt8(ascii: "b")
      case 0x09: UInt8(ascii: "t")
      case 0x0A: UInt8(ascii: "n")
      case 0x0C: UInt8(ascii: "f")
      case 0x0D: UInt8(ascii: "r")
      default: nil
      }
    if let short {
      bytes += [UInt8(ascii: "\\"), short]
    } else if byte < 0x20 {
      let digits = Array("0123456789abcdef".utf8)
      bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    } else {
      bytes.append(byte)
    }
  }
}
