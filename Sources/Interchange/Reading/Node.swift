/// A text, number or word of a file, as the file has it.
struct Scalar: Hashable {
  enum Style: Hashable {
    /// A YAML scalar without quotes. It counts as text, unless a boolean or a number is wanted.
    case plain
    /// A scalar in quotes or in a block. It always counts as text.
    case quoted
    /// A number, boolean or null of JSON. It never counts as text.
    case literal
  }

  let text: String
  let style: Style

  /// The most bytes of a scalar. The longest scalar of a security file is an SSH key.
  static let maximumByteCount = 16_384

  /// Whether the scalar is null in the YAML 1.2 core schema (section 10.3.2).
  var isNull: Bool { style != .quoted && ["", "~", "null", "Null", "NULL"].contains(text) }

  /// The boolean value in the YAML 1.2 core schema, where `yes` and `on` are text; nil where the scalar is no
  /// boolean.
  var boolean: Bool? {
    guard style != .quoted else { return nil }
    switch text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: return nil
    }
  }
}

/// A part of a file, with its place.
struct Node {
  enum Content {
    case scalar(Scalar)
    case sequence([Node])
    case mapping([Member])
  }

  struct Member {
    let key: String
    let keyPosition: FilePosition
    let value: Node
  }

  let position: FilePosition
  let content: Content

  /// The kind of node, for a message about a wrong type.
  var kind: String {
    switch content {
    case .scalar(let scalar) where scalar.isNull: "nothing"
    case .scalar(let scalar) where scalar.style == .quoted: "text"
    case .scalar(let scalar) where scalar.boolean != nil: "a boolean"
    case .scalar(let scalar): scalar.style == .literal ? "a number" : "text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

/// The pieces of which a file consists, in their order.
enum FileEvent {
  case scalar(Scalar)
  case sequenceStart, sequenceEnd
  case mappingStart, mappingEnd
  /// The file ends here.
  case end
}

/// Reads a text piece by piece, so that no file is ever in memory as a whole tree.
protocol FileEvents {
  /// The next piece, and the place where it begins. Throws ``SyntaxError``, after which there are no more
  /// pieces.
  func next() throws(SyntaxError) -> (event: FileEvent, position: FilePosition)
}

/// The place after which a text can't be read on.
struct SyntaxError: Error {
  let problem: FileProblem
  /// Whether this error makes all other problems of the file meaningless.
  let isAlone: Bool

  init(_ message: String, at position: FilePosition, hint: String? = nil, isAlone: Bool = false) {
    problem = FileProblem(message, at: position, hint: hint)
    self.isAlone = isAlone
  }
}

/// Collects what is wrong with a file.
final class Problems {
  private(set) var list: [FileProblem] = []

  var isFull: Bool { list.count >= SecurityFileErrors.limit }

  func add(_ message: String, at position: FilePosition, hint: String? = nil) {
    add(FileProblem(message, at: position, hint: hint))
  }

  func add(_ problem: FileProblem) {
    if !isFull { list.append(problem) }
  }
}
