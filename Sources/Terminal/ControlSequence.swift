/// `ESC [ parameters final` and `ESC O final`, as ECMA-48 and the terminals' manuals define them.
enum ControlSequence {
  static func read(_ bytes: ArraySlice<UInt8>) -> InputSequence {
    let body = bytes.dropFirst(2)
    guard let first = body.first else { return .incomplete }
    // The Linux console's F1 to F5: ESC [ [ A to E.
    if first == UInt8(ascii: "[") { return linuxFunctionKey(bytes) }
    if first == UInt8(ascii: "M") { return MouseReport.x10(bytes) }
    guard let end = body.firstIndex(where: { $0 < 0x20 || $0 > 0x3F }) else {
      return bytes.count > InputDecoder.sequenceLimit ? .dropped(length: bytes.count) : .incomplete
    }
    let length = end - bytes.startIndex
    // A byte that can't be part of a sequence begins something else.
    guard (0x40...0x7E).contains(bytes[end]) else {
      return .dropped(length: length)
    }
    return meaning(of: body[..<end], final: bytes[end], length: length + 1)
  }

  /// `ESC O A`: keys in application mode, and F1 to F4.
  static func readShift(_ bytes: ArraySlice<UInt8>) -> InputSequence {
    let body = bytes.dropFirst(2)
    guard let end = body.firstIndex(where: { !(0x30...0x39).contains($0) }) else {
      return body.count > 4 ? .dropped(length: bytes.count) : .incomplete
    }
    let length = end - bytes.startIndex
    guard (0x40...0x7E).contains(bytes[end]) else { return .dropped(length: length) }
    return event(letterKey(bytes[end]) ?? keypadKey(bytes[end]), length: length + 1)
  }

  private static func meaning(of parameters: ArraySlice<UInt8>, final: UInt8, length: Int) -> InputSequence {
    if parameters.first == UInt8(ascii: "<") {
      return MouseReport.sgr(numbers(parameters.dropFirst()), final: final, length: length)
    }
    let values = numbers(parameters)
    if final == UInt8(ascii: "~"), values.first == 200 { return .pasteBegins(length: length) }
    // `ESC [ 24 ; 1 R` reports the cursor's place. In the first row the report would look like F3 with
    // modifiers.
    if final == UInt8(ascii: "R"), values.count == 2, values[0] > 1 {
      return .cursorReport(column: values[1], length: length)
    }
    // The second parameter is 1 + a bit set of modifiers; 2 is Alt, 8 is Meta.
    if values.count > 1, (max(1, values[1]) - 1) & (2 | 8) != 0 { return .dropped(length: length) }
    if final == UInt8(ascii: "Z") { return event(.backTab, length: length) }
    // A letter names a key only where the first parameter is 1 or absent.
    if final != UInt8(ascii: "~"), (values.first ?? 0) > 1, letterKey(final) != nil {
      return .dropped(length: length)
    }
    let isNumbered = final == UInt8(ascii: "~") || final == UInt8(ascii: "^") || final == UInt8(ascii: "@")
    return event(isNumbered ? numberedKey(values.first ?? 0) : letterKey(final), length: length)
  }

  private static func event(_ key: Key?, length: Int) -> InputSequence {
    key.map { .event(.key($0), length: length) } ?? .dropped(length: length)
  }

  /// Numbers that are separated by semicolons, each at most 9999. An absent number is 0.
  private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int] {
    bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { digits in
      digits.reduce(0) { number, digit in
        (0x30...0x39).contains(digit) ? min(9999, number * 10 + Int(digit - 0x30)) : number
      }
    }
  }

  private static func linuxFunctionKey(_ bytes: ArraySlice<UInt8>) -> InputSequence {
    guard bytes.count > 3 else { return .incomplete }
    let letter = bytes[bytes.startIndex + 3]
    guard (0x41...0x45).contains(letter) else { return .dropped(length: 3) }
    return .event(.key(.function(Int(letter) - 0x40)), length: 4)
  }

  private static func letterKey(_ letter: UInt8) -> Key? {
    switch letter {
    case UInt8(ascii: "A"), UInt8(ascii: "a"): .up
    case UInt8(ascii: "B"), UInt8(ascii: "b"): .down
    case UInt8(ascii: "C"), UInt8(ascii: "c"): .right
    case UInt8(ascii: "D"), UInt8(ascii: "d"): .left
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(letter - UInt8(ascii: "P")) + 1)
    default: nil
    }
  }

  /// A key of the VT100's number pad, which also has its F5 to F10.
  private static func keypadKey(_ letter: UInt8) -> Key? {
    switch letter {
    case UInt8(ascii: "M"): .enter
    case UInt8(ascii: "t")...UInt8(ascii: "x"): .function(Int(letter - UInt8(ascii: "t")) + 5)
    default: nil
    }
  }

  private static func numberedKey(_ number: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23, 24: .function(number - 12)
    default: nil
    }
  }
}
