private import Foundation
private import FoundationXML

/// Reads a metadata document event by event with FoundationXML's parser (libxml2). It keeps only what
/// ``CSDLModel`` has, so that large documents take little memory.
enum CSDLReader {
  static func read(
    _ text: UnsafeBufferPointer<UInt8>, _ problems: Problems
  ) throws(SyntaxError) -> CSDLModel {
    var guardian = XMLGuard(text)
    try guardian.check()
    let delegate = CSDLDelegate(problems)
    // The declaration may name an encoding. This was the encoding of the file, but the text is UTF-8 by now.
    let body = text.withoutDeclaration
    delegate.lineOffset = body.lines
    let data =
      body.bytes.baseAddress.map {
        Data(bytesNoCopy: UnsafeMutableRawPointer(mutating: $0), count: body.bytes.count, deallocator: .none)
      } ?? Data()
    let parser = XMLParser(data: data)
    parser.shouldProcessNamespaces = true
    parser.shouldResolveExternalEntities = false
    parser.externalEntityResolvingPolicy = .never
    parser.delegate = delegate
    // The result is ignored, because the parser returns true for a truncated document, too.
    _ = parser.parse()
    if let failure = delegate.failure { throw failure }
    guard delegate.hasRoot else { throw SyntaxError("the document is empty", at: .start, isAlone: true) }
    return delegate.model
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The text after the XML declaration, and the number of lines that the declaration takes.
  fileprivate var withoutDeclaration: (bytes: UnsafeBufferPointer<UInt8>, lines: Int) {
    guard starts(with: "<?xml".utf8), let end = firstIndex(of: UInt8(ascii: ">")) else { return (self, 0) }
    let lines = self[..<end].count { $0 == UInt8(ascii: "\n") }
    return (UnsafeBufferPointer(rebasing: self[(end + 1)...]), lines)
  }
}
