/// The type that a request states for its body (RFC 9110, section 8.3).
enum ContentType {
  /// Checks that the type is `application/json`. A `charset`, which JSON doesn't have, may only be UTF-8 (RFC
  /// 8259, section 8.1).
  ///
  /// Errors: ``GateProblem/mediaType``, ``GateProblem/repeatedHeader(_:)``.
  static func checkJSON(_ raw: RawRequest) throws(GateProblem) {
    guard let text = try raw.single("Content-Type") else { throw .mediaType }
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(\.trimmed)
    guard let type = parts.first, type.isSameHeader(as: "application/json") else { throw .mediaType }
    for part in parts.dropFirst() where part.prefix(8).isSameHeader(as: "charset=") {
      let charset = part.dropFirst(8)
      guard charset.isSameHeader(as: "utf-8") || charset.isSameHeader(as: "\"utf-8\"") else {
        throw .mediaType
      }
    }
  }
}
