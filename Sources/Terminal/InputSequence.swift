/// The sequence with which the bytes from a terminal begin.
enum InputSequence: Equatable {
  case event(Event, length: Int)
  case pasteBegins(length: Int)
  /// The terminal's report of its cursor's place (CPR of ECMA-48); the leftmost column is 1.
  case cursorReport(column: Int, length: Int)
  /// A sequence without a meaning here.
  case dropped(length: Int)
  /// More bytes are needed to recognize the sequence.
  case incomplete

  /// Reads the sequence at the beginning of at least one byte.
  init(_ bytes: ArraySlice<UInt8>) {
    guard let first = bytes.first else {
      self = .incomplete
      return
    }
    switch first {
    case 0x1B: self = Self.escape(bytes)
    case 0x0D, 0x0A: self = .event(.key(.enter), length: 1)
    case 0x09: self = .event(.key(.tab), length: 1)
    case 0x08, 0x7F: self = .event(.key(.backspace), length: 1)
    case 0..<0x20: self = Self.control(first)
    default: self = Self.character(bytes)
    }
  }

  private static func control(_ byte: UInt8) -> InputSequence {
    // Ctrl-A is 1, and so on to Ctrl-_; letters are named in lower case.
    let letter = byte + 0x40
    let name = Unicode.Scalar(letter >= 0x41 && letter <= 0x5A ? letter + 0x20 : letter)
    return .event(.key(.control(Character(name))), length: 1)
  }

  private static func character(_ bytes: ArraySlice<UInt8>) -> InputSequence {
    let length = utf8Length(bytes[bytes.startIndex])
    guard length > 0 else { return .dropped(length: 1) }
    let part = bytes.prefix(length)
    // A byte that can't continue the sequence begins something else.
    if let bad = part.dropFirst().firstIndex(where: { $0 & 0xC0 != 0x80 }) {
      return .dropped(length: bad - bytes.startIndex)
    }
    guard part.count == length else { return .incomplete }
    guard let text = String(validating: part, as: UTF8.self), let character = text.first else {
      return .dropped(length: length)
    }
    return .event(.key(.character(character)), length: length)
  }

  /// The length of a UTF-8 sequence by its first byte; 0 where no sequence begins with it.
  private static func utf8Length(_ byte: UInt8) -> Int {
    switch byte {
    case 0..<0x80: 1
    case 0xC2..<0xE0: 2
    case 0xE0..<0xF0: 3
    case 0xF0..<0xF5: 4
    default: 0
    }
  }

  // MARK: - after ESC

  private static func escape(_ bytes: ArraySlice<UInt8>) -> InputSequence {
    guard bytes.count > 1 else { return .incomplete }
    switch bytes[bytes.startIndex + 1] {
    case 0x1B: return .event(.key(.escape), length: 1)
    case UInt8(ascii: "["): return ControlSequence.read(bytes)
    case UInt8(ascii: "O"): return ControlSequence.readShift(bytes)
    case UInt8(ascii: "P"), UInt8(ascii: "]"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
      return reply(bytes)
    // Over a slow link Esc and the next key come in one packet, just like a key pressed with Alt. Alt has no
    // meaning here.
    default: return .event(.key(.escape), length: 1)
    }
  }

  /// A string that a terminal sends as a reply (DCS, OSC, APC, PM, SOS), up to its ST or BEL.
  private static func reply(_ bytes: ArraySlice<UInt8>) -> InputSequence {
    let body = bytes.dropFirst(2)
    guard let end = body.firstIndex(where: { $0 == 0x07 || $0 == 0x1B }) else {
      return bytes.count > 4096 ? .dropped(length: bytes.count) : .incomplete
    }
    let length = end - bytes.startIndex
    if bytes[end] == 0x07 { return .dropped(length: length + 1) }
    guard end + 1 < bytes.endIndex else { return .incomplete }
    return .dropped(length: bytes[end + 1] == UInt8(ascii: "\\") ? length + 2 : length)
  }
}
