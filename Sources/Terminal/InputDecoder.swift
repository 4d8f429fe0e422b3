/// Turns the bytes that a terminal sends into events; pure, so that split and hostile input
/// can be tested byte by byte.
///
/// It knows the keys of xterm, VT100 to VT220, the Linux console, rxvt, tmux and screen,
/// mouse reports (SGR and X10), and bracketed paste. What it doesn't know is dropped whole,
/// never typed letter by letter, such as replies of the terminal. A key pressed with Alt is Esc and
/// that key.
package struct InputDecoder: Sendable {
  /// The most UTF-8 bytes of a pasted text that are kept.
  package static let pasteLimit = 65_536
  /// The longest control sequence that is waited for.
  static let sequenceLimit = 64

  private var bytes: [UInt8] = []
  private var start = 0
  private var paste: PasteBuffer?
  /// The column where the terminal last said that its cursor is; the leftmost is 1.
  package private(set) var cursorColumn: Int?

  package init() {}

  /// Whether a sequence has begun whose rest is missing. A lone ESC is one: only time tells
  /// it from the beginning of a longer one.
  package var isWaiting: Bool { paste == nil && start < bytes.count }

  /// Whether a pasted text has begun whose end is missing.
  package var isPasting: Bool { paste != nil }

  package mutating func feed(_ more: some Sequence<UInt8>) {
    if start > 0 {
      bytes.removeFirst(start)
      start = 0
    }
    bytes.append(contentsOf: more)
  }

  /// The next complete event; nil where more bytes are needed.
  package mutating func next() -> Event? {
    while true {
      if paste != nil {
        guard let text = takePaste() else { return nil }
        return .paste(text)
      }
      guard start < bytes.count else { return nil }
      switch InputSequence(bytes[start...]) {
      case .incomplete: return nil
      case .dropped(let length): start += length
      case .cursorReport(let column, let length):
        start += length
        cursorColumn = column
      case .pasteBegins(let length):
        start += length
        paste = PasteBuffer(limit: Self.pasteLimit)
      case .event(let event, let length):
        start += length
        return event
      }
    }
  }

  /// The rest has not come in time: a lone ESC is the key, anything longer is dropped, and a pasted
  /// text ends where it stopped, or else no key would be one any more.
  package mutating func flush() -> Event? {
    if var buffer = paste {
      paste = nil
      start = bytes.count
      buffer.finish()
      return buffer.text.map { .paste($0) }
    }
    guard isWaiting else { return nil }
    let lone = bytes[start...].elementsEqual([0x1B])
    start = bytes.count
    return lone ? .key(.escape) : nil
  }

  /// Takes what has come of a pasted text; the text once its end is there.
  private mutating func takePaste() -> String? {
    guard var buffer = paste else { return nil }
    start += buffer.take(bytes[start...])
    let text = buffer.text
    paste = text == nil ? buffer : nil
    return text
  }
}
