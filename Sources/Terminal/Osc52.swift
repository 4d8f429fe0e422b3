private import Access

/// The bytes that put a text into the clipboard of the terminal's machine (xterm's control
/// sequences, "Operating System Commands", 52).
///
/// The target is always `c`, the end always BEL, which the most terminals take. There is no
/// acknowledgement, and the clipboard is never queried.
package enum Osc52 {
  /// `ESC ] 52 ; c ; base64 BEL`.
  package static func plain(_ text: String) -> [UInt8] {
    Array("\u{1B}]52;c;".utf8) + Array(Base64Text.encode(Array(text.utf8)).utf8) + [0x07]
  }

  /// The same through GNU screen, which passes device control strings on, of at most 768
  /// bytes each: `ESC P part ESC \`, at most 764 bytes with the brackets.
  package static func screenChunks(_ text: String) -> [UInt8] {
    let whole = plain(text)
    let room = 764 - 4
    var out: [UInt8] = []
    for start in stride(from: 0, to: whole.count, by: room) {
      out += [0x1B, 0x50]
      out += whole[start..<min(start + room, whole.count)]
      out += [0x1B, 0x5C]
    }
    return out
  }

  /// What is put in place of a secret before the clipboard is cleared: an empty text clears
  /// only some terminals' clipboards, this overwrites the others'.
  package static let harmlessWord = "cleared"

  /// Overwrites the clipboard with a harmless word, then empties it.
  package static let clearing = plain(harmlessWord) + plain("")

  /// ``clearing`` through GNU screen.
  package static let clearingThroughScreen = screenChunks(harmlessWord) + screenChunks("")
}
