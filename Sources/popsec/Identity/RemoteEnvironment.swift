import Foundation

/// The part of the environment that remains for a person who came over SSH. The variables that a client can
/// set, by sshd's AcceptEnv or as its terminal's type, must not lead to other files or programs.
enum RemoteEnvironment {
  /// The variables in which clients tell their terminal and language.
  private static let said: Set = [
    "TERM", "COLORTERM", "LANG", "LC_ALL", "LC_CTYPE", "LC_TERMINAL", "TERM_PROGRAM", "NO_COLOR",
  ]
  /// The variables that sshd sets, by itself or by its configuration.
  private static let told: Set = [
    "HOME", "SSH_CONNECTION", "SSH_TTY", "POPSEC_STORE", "POPSEC_KEYS", "POPSEC_CLEAR_CLIPBOARD",
  ]

  static func kept(_ environment: [String: String]) -> [String: String] {
    environment.filter { told.contains($0.key) || said.contains($0.key) && isPlain($0.value) }
  }

  /// Removes all other variables from the process itself, because libraries read them there: ncurses reads
  /// TERMINFO and .terminfo in the home folder, and the C library reads LOCPATH and TZ.
  static func clear(keeping environment: [String: String]) {
    clearenv()
    for (name, value) in environment where said.contains(name) { setenv(name, value, 1) }
  }

  /// Whether a value is no path, in which locales and terminals could be looked for.
  private static func isPlain(_ value: String) -> Bool {
    value.utf8.count <= 64
      && value.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || "._-+@:".utf8.contains(byte)
      }
  }
}
