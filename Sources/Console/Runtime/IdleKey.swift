import Terminal

/// What is said of a key that does nothing where it was pressed: silence looks like a program that hangs.
enum IdleKey {
  /// - Parameters:
  ///   - isDialog: whether a dialog is on top, which has its keys in its last line.
  ///   - filters: whether `/` filters rows; then there is no next match, which `n` and `N` are for elsewhere.
  static func words(_ key: Key, isDialog: Bool, filters: Bool) -> String {
    let what =
      if filters, key == "n" || key == "N" {
        "/ filters, and leaves only rows that match"
      } else {
        isDialog ? "the last line has the keys" : "? shows the keys"
      }
    return "\(key.label) does nothing here; \(what)"
  }
}
