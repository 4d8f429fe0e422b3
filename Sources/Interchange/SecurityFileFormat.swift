/// How a security file is written; both say the same.
package enum SecurityFileFormat: String, Hashable, Sendable, CaseIterable {
  case yaml, json
}
