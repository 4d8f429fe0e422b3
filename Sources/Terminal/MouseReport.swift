/// Reports of the mouse. A press of the first button is a click. Releases, motion and other buttons have no
/// meaning here.
enum MouseReport {
  /// `ESC [ < button ; column ; row M` (press) or `m` (release), from 1, 1 (DECSET 1006).
  static func sgr(_ numbers: [Int], final: UInt8, length: Int) -> InputSequence {
    guard numbers.count == 3, final == UInt8(ascii: "M") else { return .dropped(length: length) }
    return report(button: numbers[0], column: numbers[1], row: numbers[2], length: length)
  }

  /// `ESC [ M` and three bytes, each 32 greater than its value.
  static func x10(_ bytes: ArraySlice<UInt8>) -> InputSequence {
    guard bytes.count >= 6 else { return .incomplete }
    let values = bytes.dropFirst(3).prefix(3).map { Int($0) - 32 }
    return report(button: values[0], column: values[1], row: values[2], length: 6)
  }

  private static func report(button: Int, column: Int, row: Int, length: Int) -> InputSequence {
    // 4, 8 and 16 mean Shift, Meta and Control, which change nothing here; 32 means motion.
    guard column >= 1, row >= 1, button >= 0, let action = action(of: button & ~28) else {
      return .dropped(length: length)
    }
    let mouse = Mouse(action, at: Point(column: column - 1, row: row - 1))
    return .event(.mouse(mouse), length: length)
  }

  private static func action(of button: Int) -> Mouse.Action? {
    switch button {
    case 0: .click
    case 64: .wheelUp
    case 65: .wheelDown
    default: nil
    }
  }
}
