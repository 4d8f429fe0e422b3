import Foundation

/// The private modes that a program has turned on, read from what it wrote.
struct Modes: Hashable {
  /// Such as 1049, the alternate screen, or 2004, bracketed paste.
  private(set) var on: Set<Int> = []
  private(set) var everOn: Set<Int> = []
  private(set) var isCursorHidden = false
  private(set) var hasApplicationKeypad = false

  static let mouse: Set<Int> = [1000, 1002, 1003, 1006]
  static let bracketedPaste = 2004

  init(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    for match in text.matches(of: #/\u{1B}(?:\[\?([0-9;]+)([hl])|([=>]))/#) {
      if let keypad = match.output.3 { hasApplicationKeypad = keypad == "=" }
      guard let numbers = match.output.1, let letter = match.output.2 else { continue }
      for number in numbers.split(separator: ";").compactMap({ Int($0) }) { set(number, letter == "h") }
    }
  }

  private mutating func set(_ number: Int, _ isOn: Bool) {
    if number == 25 {
      isCursorHidden = !isOn
    } else if isOn {
      on.insert(number)
      everOn.insert(number)
    } else {
      on.remove(number)
    }
  }

  /// Nothing is left of what was turned on, but for what is on in a fresh terminal: 7, lines
  /// that wrap, and 12, the blinking of the cursor.
  var isClean: Bool { on.subtracting([7, 12]).isEmpty && !isCursorHidden && !hasApplicationKeypad }
}

/// What was sent to the terminal's clipboard.
enum Clipboard {
  /// The texts of OSC 52 in those bytes, in order.
  static func texts(in bytes: [UInt8]) -> [String] {
    let text = String(decoding: bytes, as: UTF8.self)
    return text.matches(of: #/\u{1B}\]52;c?;([A-Za-z0-9+\/=]*)(?:\u{07}|\u{1B}\\)/#).compactMap {
      Data(base64Encoded: String($0.output.1)).map { String(decoding: $0, as: UTF8.self) }
    }
  }
}
