import Terminal

/// What is said of a key that does nothing where it was pressed: silence looks like a program that hangs.
enum IdleKey {
  /// - Parameter isDialog: whether a dialog is on top, which has its keys in its last line.
  static func words(_ key: Key, isDialog: Bool) -> String {
    let known = isDialog ? "the last line has the keys" : "? shows the keys"
    let what =
      switch key {
      case "n", "N": isDialog ? known : "/ filters, and leaves only rows that match"
      default: known
      }
    return "\(key.label) does nothing here; \(what)"
  }
}
