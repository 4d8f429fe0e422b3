private import Access

/// The bytes that put a text into the clipboard of the terminal's machine (xterm's control sequences,
/// "Operating System Commands", 52).
///
/// The target is always `c`, and the end is always BEL, which most terminals accept. Terminals don't
/// acknowledge the sequence, and popsec never reads the clipboard.
package enum Osc52 {
  /// `ESC ] 52 ; c ; base64 BEL`.
  package static func plain(_ text: String) -> [UInt8] {
    Array("\u{1B}]52;c;".utf8) + Array(Base64Text.encode(Array(text.utf8)).utf8) + [0x07]
  }

  /// The same sequence through GNU screen, which passes on device control strings of at most 768 bytes. Each
  /// is `ESC P part ESC \`, of at most 764 bytes including the brackets.
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

  /// The word that replaces a secret before the clipboard is cleared. An empty text clears the clipboards of
  /// only some terminals; this word overwrites those of the others.
  package static let harmlessWord = "cleared"

  /// Overwrites the clipboard with a harmless word, then empties it.
  package static let clearing = plain(harmlessWord) + plain("")

  /// ``clearing`` through GNU screen.
  package static let clearingThroughScreen = screenChunks(harmlessWord) + screenChunks("")
}
