/// A security file as it was read: checked by itself, not yet against a store.
package struct SecurityFile: Sendable {
  /// What the file is called in errors.
  package let name: String

  /// Reads YAML 1.2 or JSON. Errors: all that is wrong, with its places.
  package static func parse(_ bytes: [UInt8], named name: String) throws(SecurityFileErrors) -> SecurityFile {
    throw SecurityFileErrors(fileName: name, problems: [])
  }
}
