/// Turns the bytes that a terminal sends into events. The decoder is pure, so that tests can split and forge
/// input byte by byte.
///
/// The decoder knows the keys of xterm, VT100 to VT220, the Linux console, rxvt, tmux and screen, mouse
/// reports (SGR and X10), and bracketed paste. A sequence that it doesn't know, such as a reply of the
/// terminal, is dropped as a whole, and never typed letter by letter. A key pressed with Alt is read as Esc
/// followed by that key.
package struct InputDecoder: Sendable {
  /// The greatest number of UTF-8 bytes of a pasted text that are kept.
  package static let pasteLimit = 65_536
  /// The length of the longest control sequence.
  static let sequenceLimit = 64

  private var bytes: [UInt8] = []
  private var start = 0
  private var paste: PasteBuffer?
  /// The column of the cursor as the terminal last reported it; the leftmost is 1.
  package private(set) var cursorColumn: Int?

  package init() {}

  /// Whether a sequence has begun whose rest is missing. A lone ESC is such a sequence, because only time
  /// shows whether a rest follows.
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

  /// Ends what has begun, because the rest has not come in time. A lone ESC is the Esc key, and a longer
  /// sequence is dropped. A pasted text ends where it stopped, because otherwise all later keys would become
  /// part of it.
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

  /// Takes the bytes of a pasted text. Returns the text when its end has come.
  private mutating func takePaste() -> String? {
    guard var buffer = paste else { return nil }
    start += buffer.take(bytes[start...])
    let text = buffer.text
    paste = text == nil ? buffer : nil
    return text
  }
}
