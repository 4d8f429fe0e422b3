/// The formats of a security file. Both hold the same content.
package enum SecurityFileFormat: String, Hashable, Sendable, CaseIterable {
  case yaml, json
}
