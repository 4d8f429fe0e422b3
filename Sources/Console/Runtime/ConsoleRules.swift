/// By what a console goes that may be set anew while it runs.
package struct ConsoleRules: Hashable, Sendable {
  /// Milliseconds without a key after which it is locked; nil: never.
  package var lockAfterMilliseconds: Int?
  /// Milliseconds locked after which it is left; nil: never.
  package var endAfterMilliseconds: Int?
  /// Whether it says that it shows no Token ID.
  package var isRecordingSafe: Bool

  package init(
    lockAfterMilliseconds: Int? = nil, endAfterMilliseconds: Int? = nil, isRecordingSafe: Bool = false
  ) {
    self.lockAfterMilliseconds = lockAfterMilliseconds
    self.endAfterMilliseconds = endAfterMilliseconds
    self.isRecordingSafe = isRecordingSafe
  }
}
