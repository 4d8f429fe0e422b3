import Foundation

/// An empty file that a gate writes when it was presented a decoy, so that systemd can start what notifies people
/// (systemd.path(5)).
struct DecoySignal {
  static let name = "decoy-presented"

  /// The store's folder.
  let folder: String

  /// Writes the file. Where that fails, people are notified by the timer, and the log has told already.
  func give() {
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    // Another gate of the group may write it later. The folder keeps everybody else away.
    let descriptor = open(folder + "/" + Self.name, flags, 0o660)
    if descriptor >= 0 { close(descriptor) }
  }
}
