import Foundation

/// What is left of the environment for somebody who came over SSH. What a client could set, by sshd's AcceptEnv
/// or as the type of its terminal, must lead to no other files or programs.
enum RemoteEnvironment {
  /// What clients say of their terminal and language.
  private static let said: Set = [
    "TERM", "COLORTERM", "LANG", "LC_ALL", "LC_CTYPE", "LC_TERMINAL", "TERM_PROGRAM", "NO_COLOR",
  ]
  /// What sshd sets, by itself or by its configuration.
  private static let told: Set = [
    "HOME", "SSH_CONNECTION", "SSH_TTY", "POPSEC_STORE", "POPSEC_KEYS", "POPSEC_CLEAR_CLIPBOARD",
  ]

  static func kept(_ environment: [String: String]) -> [String: String] {
    environment.filter { told.contains($0.key) || said.contains($0.key) && isPlain($0.value) }
  }

  /// Has the process itself forget what is not kept, since libraries look there: ncurses for TERMINFO and
  /// the home's .terminfo, the C library for LOCPATH and TZ.
  static func clear(keeping environment: [String: String]) {
    clearenv()
    for (name, value) in environment where said.contains(name) { setenv(name, value, 1) }
  }

  /// No path, in which locales and terminals could be looked for.
  private static func isPlain(_ value: String) -> Bool {
    value.utf8.count <= 64
      && value.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || "._-+@:".utf8.contains(byte)
      }
  }
}
