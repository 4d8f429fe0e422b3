private import CYaml

/// Reads the events of a YAML text with libyaml. Aliases, anchors, tags and further documents are refused
/// where they stand, so that a small file can't become a huge value.
///
/// The bytes must stay in place as long as this object lives.
final class YamlEvents: FileEvents {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeBufferPointer<UInt8>
  private let maximumScalarBytes: Int
  private var documentCount = 0

  init?(_ bytes: UnsafeBufferPointer<UInt8>, maximumScalarBytes: Int = Scalar.maximumByteCount) {
    parser = .allocate(capacity: 1)
    self.bytes = bytes
    self.maximumScalarBytes = maximumScalarBytes
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      return nil
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  func next() throws(SyntaxError) -> (event: FileEvent, position: FilePosition) {
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxError() }
      defer { yaml_event_delete(&event) }
      let position = FilePosition(event.start_mark)
      if let known = try translate(event, at: position) { return (known, position) }
    }
  }

  /// The event for an event of libyaml; nil where that one has no meaning here.
  private func translate(_ event: yaml_event_t, at position: FilePosition) throws(SyntaxError) -> FileEvent? {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      documentCount += 1
      guard documentCount == 1 else {
        throw SyntaxError(
          "a second document begins here", at: position, hint: "a file is one document")
      }
      return nil
    case YAML_ALIAS_EVENT:
      throw SyntaxError("aliases are not allowed", at: position, hint: "write the value out in full")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      try refuse(anchor: scalar.anchor, tag: scalar.tag, at: position)
      return .scalar(try text(scalar.value, scalar.length, scalar.style, at: position))
    case YAML_SEQUENCE_START_EVENT:
      try refuse(
        anchor: event.data.sequence_start.anchor, tag: event.data.sequence_start.tag, at: position)
      return .sequenceStart
    case YAML_MAPPING_START_EVENT:
      try refuse(anchor: event.data.mapping_start.anchor, tag: event.data.mapping_start.tag, at: position)
      return .mappingStart
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    case YAML_STREAM_END_EVENT: return .end
    default: return nil
    }
  }

  private func text(
    _ value: UnsafeMutablePointer<UInt8>?, _ count: Int, _ style: yaml_scalar_style_t,
    at position: FilePosition
  ) throws(SyntaxError) -> Scalar {
    guard count <= maximumScalarBytes else {
      throw SyntaxError.tooLong(at: position, maximum: maximumScalarBytes)
    }
    return Scalar(
      text: String(decoding: UnsafeBufferPointer(start: value, count: count), as: UTF8.self),
      style: style == YAML_PLAIN_SCALAR_STYLE ? .plain : .quoted)
  }

  private func refuse(
    anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?, at position: FilePosition
  ) throws(SyntaxError) {
    if anchor != nil {
      throw SyntaxError("anchors are not allowed", at: position, hint: "drop the & and its name")
    }
    if tag != nil { throw SyntaxError("tags are not allowed", at: position, hint: "drop the ! and its name") }
  }

  private func syntaxError() -> SyntaxError {
    let state = parser.pointee
    let reason = state.problem.map { String(cString: $0) } ?? "it can't be read"
    if state.error == YAML_READER_ERROR {
      return SyntaxError(
        "not valid UTF-8 text: \(reason)", at: FilePosition(ofByte: state.problem_offset, in: bytes))
    }
    let context = state.context.map { String(cString: $0) + ": " } ?? ""
    return SyntaxError("not valid YAML: \(context)\(reason)", at: FilePosition(state.problem_mark))
  }
}

extension SyntaxError {
  static func tooLong(at position: FilePosition, maximum: Int) -> SyntaxError {
    SyntaxError("this text has more than \(maximum) bytes", at: position)
  }
}

extension FilePosition {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }

  /// The place of a byte. Lines and scalars are counted up to it.
  init(ofByte offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    var (line, column) = (1, 1)
    for byte in bytes.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        (line, column) = (line + 1, 1)
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.init(line: line, column: column)
  }
}
