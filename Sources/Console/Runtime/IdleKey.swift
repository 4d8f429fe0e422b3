import Terminal

/// What is said of a key that does nothing where it was pressed: silence looks like a program that hangs.
enum IdleKey {
  /// - Parameters:
  ///   - areKeysBelow: whether all keys stand in the last line, as those of a dialog and of help itself do.
  ///   - filters: whether `/` filters rows; then there is no next match, which `n` and `N` are for elsewhere.
  static func words(_ key: Key, areKeysBelow: Bool, filters: Bool) -> String {
    let what =
      if filters, key == "n" || key == "N" {
        "/ filters, and leaves only rows that match"
      } else {
        areKeysBelow ? "the last line has the keys" : "? shows the keys"
      }
    return "\(key.label) does nothing here; \(what)"
  }
}
