/// Encodes values as JSON with sorted keys: the same bytes as Foundation's encoder writes with `.sortedKeys` and
/// `.withoutEscapingSlashes`, in a fraction of the time. Each row of the audit log has such a text, and the chain's hash
/// covers the text.
///
/// Numbers with a fraction are refused, because no value that is recorded has any.
enum SortedJSON {
  static func encode(_ value: some Encodable) throws -> String {
    let tree = JSONTree()
    try JSONValue(tree: tree, node: tree.add("")).encode(value)
    return tree.text
  }
}

/// A JSON text while it is made. The values stand in one array, and the characters of all of them in another, because bulk
/// work makes millions of values, and an object for each took longer than all else.
final class JSONTree {
  private enum Form { case word, object, array }

  private struct Node {
    /// The key of a member of an object.
    let key: String
    var form = Form.object
    /// Where the characters of a word are in ``characters``. A word is a text with its quotation marks, a number, or a name
    /// such as `null`.
    var word = 0..<0
    /// The members of an object in the order of their keys, or the elements of an array: each names the next.
    var first: Int?
    var last: Int?
    var next: Int?
    var count = 0
  }

  // A tree is used by one thread alone, and looking at run time whether two uses overlap took a third of the time.
  @exclusivity(unchecked) private var nodes: [Node] = []
  @exclusivity(unchecked) private var characters: [UInt8] = []

  init() {
    nodes.reserveCapacity(48)
    characters.reserveCapacity(768)
  }

  /// Adds a value that stands nowhere yet, an object without members, and returns its number.
  func add(_ key: String) -> Int {
    nodes.append(Node(key: key))
    return nodes.count - 1
  }

  func setText(of node: Int, _ text: String) {
    let start = characters.count
    Self.write(text, to: &characters)
    nodes[node].form = .word
    nodes[node].word = start..<characters.count
  }

  func setWord(of node: Int, _ word: String) {
    let start = characters.count
    characters.append(contentsOf: word.utf8)
    nodes[node].form = .word
    nodes[node].word = start..<characters.count
  }

  /// Makes a value an object, or an array. An object stays as it is where an object is asked for, and an array likewise.
  private func become(_ form: Form, _ node: Int) {
    if nodes[node].form != form { clear(node, form) }
  }

  private func clear(_ node: Int, _ form: Form) {
    nodes[node].form = form
    (nodes[node].first, nodes[node].last, nodes[node].count) = (nil, nil, 0)
  }

  func becomeArray(_ node: Int) { become(.array, node) }

  func count(of node: Int) -> Int { nodes[node].count }

  /// Adds an element at the end of an array.
  func element(of node: Int) -> Int {
    become(.array, node)
    return insert(add(""), after: nodes[node].last, in: node)
  }

  /// Adds a member of an object. A member of the same key is replaced.
  func member(_ key: String, of node: Int) -> Int {
    become(.object, node)
    // Most come in the order of their keys.
    if let last = nodes[node].last, !(nodes[last].key < key) {
      var before: Int?
      var next = nodes[node].first
      while let found = next, nodes[found].key < key { (before, next) = (found, nodes[found].next) }
      if let next, nodes[next].key == key {
        clear(next, .object)
        return next
      }
      return insert(add(key), after: before, in: node)
    }
    return insert(add(key), after: nodes[node].last, in: node)
  }

  private func insert(_ child: Int, after before: Int?, in node: Int) -> Int {
    if let before {
      nodes[child].next = nodes[before].next
      nodes[before].next = child
    } else {
      nodes[child].next = nodes[node].first
      nodes[node].first = child
    }
    if nodes[child].next == nil { nodes[node].last = child }
    nodes[node].count += 1
    return child
  }

  /// The text of the first value.
  var text: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count + nodes.count * 16)
    write(0, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(_ node: Int, to bytes: inout [UInt8]) {
    let form = nodes[node].form
    guard form != .word else {
      bytes.append(contentsOf: characters[nodes[node].word])
      return
    }
    bytes.append(UInt8(ascii: form == .object ? "{" : "["))
    var child = nodes[node].first
    while let current = child {
      if form == .object {
        Self.write(nodes[current].key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
      }
      write(current, to: &bytes)
      child = nodes[current].next
      if child != nil { bytes.append(UInt8(ascii: ",")) }
    }
    bytes.append(UInt8(ascii: form == .object ? "}" : "]"))
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
