/// A text, number or word of a file, as it is written.
struct Scalar: Hashable {
  enum Style: Hashable {
    /// YAML without quotes: text, unless what is wanted there is a boolean or a number.
    case plain
    /// In quotes or as a block: always text.
    case quoted
    /// A number, boolean or null of JSON: never text.
    case literal
  }

  let text: String
  let style: Style

  /// The most bytes that one may have; the longest thing that a security file holds is an SSH key.
  static let maximumByteCount = 16_384

  /// Null of the YAML 1.2 core schema (section 10.3.2).
  var isNull: Bool { style != .quoted && ["", "~", "null", "Null", "NULL"].contains(text) }

  /// A boolean of the YAML 1.2 core schema; `yes` and `on` are text.
  var boolean: Bool? {
    guard style != .quoted else { return nil }
    switch text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: return nil
    }
  }
}

/// A part of a file with its place.
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

  /// What it is, for a message about a wrong type.
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

/// What a file consists of, one after the other.
enum FileEvent {
  case scalar(Scalar)
  case sequenceStart, sequenceEnd
  case mappingStart, mappingEnd
  /// Nothing follows.
  case end
}

/// Reads a text piece by piece, so that no file is ever in memory as a whole tree.
protocol FileEvents {
  /// The next piece and where it begins. Throws ``SyntaxError``, after which there is no more.
  func next() throws(SyntaxError) -> (event: FileEvent, position: FilePosition)
}

/// Where a text stops being one that can be read on.
struct SyntaxError: Error {
  let problem: FileProblem
  /// Whether whatever else was found tells nothing beside it.
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
