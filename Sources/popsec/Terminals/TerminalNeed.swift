import Access
import Foundation

/// The console's needs of the place where it is started.
enum TerminalNeed {
  static func check() throws(Trouble) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      throw Trouble(
        "the console needs a terminal",
        hint: "over SSH, ask for one with ssh -t; popsec --help lists the commands",
        exitStatus: .usage)
    }
  }
}
