internal import Access

/// The words by which names are searched. Every run of three scalars of a folded name is a word of the search
/// index. A name is padded at its end, so that every run of one or two scalars begins some word.
///
/// FTS5's own trigram tokenizer can't find texts of one and two scalars. Its ascii tokenizer separates words
/// at ASCII characters other than letters and digits. In the words such characters are replaced by private
/// characters, U+E000 and up.
enum SearchGrams {
  /// The words of a folded name.
  static func document(_ folded: String) -> String {
    var letters: [UInt8] = []
    // Where each scalar begins, and where the last one ends.
    var starts = [0]
    func add(_ letter: some Sequence<UInt8>) {
      letters += letter
      starts.append(letters.count)
    }
    for scalar in folded.unicodeScalars { add(UTF8.encode(encode(scalar)) ?? .init()) }
    for _ in 0..<2 { add(end) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(letters.count * 4)
    for first in 0..<(starts.count - 3) {
      bytes += letters[starts[first]..<starts[first + 3]]
      bytes.append(0x20)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The FTS5 query for names that may contain the folded text. The query finds all names that do, and some
  /// others.
  static func query(_ folded: String) -> String {
    let scalars = folded.unicodeScalars.map(encode)
    guard scalars.count >= 3 else { return quoted(scalars[...]) + " *" }
    let grams = Set((0...(scalars.count - 3)).map { quoted(scalars[$0..<($0 + 3)]) })
    return grams.sorted().joined(separator: " AND ")
  }

  private static let padding: Unicode.Scalar = "\u{E000}"
  private static let end = Array("\u{E000}".utf8)

  private static func encode(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "a"..."z", "0"..."9": scalar
    default: scalar.isASCII ? Unicode.Scalar(0xE000 + UInt16(scalar.value)) ?? padding : scalar
    }
  }

  private static func quoted(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    "\"" + String(String.UnicodeScalarView(scalars)) + "\""
  }
}
