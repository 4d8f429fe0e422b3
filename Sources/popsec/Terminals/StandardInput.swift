import Access
import Foundation

enum StandardInput {
  /// The greatest number of bytes of a Token ID, or of an address that carries one.
  static let maximumSecretByteCount = 8_192

  /// Reads a secret: the first line that a person types, without showing it, or otherwise the whole input.
  static func secret(_ question: String) throws(Trouble) -> String {
    isatty(STDIN_FILENO) == 1 ? try typedSecret(question) : try text(atMost: maximumSecretByteCount)
  }

  private static func typedSecret(_ question: String) throws(Trouble) -> String {
    var modes = termios()
    guard tcgetattr(STDIN_FILENO, &modes) == 0 else {
      throw Trouble("the terminal can't be told not to show what is typed", exitStatus: .usage)
    }
    var silent = modes
    silent.c_lflag &= ~tcflag_t(ECHO)
    // TCSAFLUSH drops what was typed, and shown, before.
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
    defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &modes) }
    let typed = Asking.line(question)
    StandardError.line("")
    return typed ?? ""
  }

  private static func text(atMost maximum: Int) throws(Trouble) -> String {
    let bytes = try InputFile.bytes(of: STDIN_FILENO, named: "standard input", atMost: maximum)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Trouble(
        "standard input is no text in UTF-8", hint: "paste the Token ID alone", exitStatus: .badData)
    }
    guard !text.allSatisfy(\.isWhitespace) else {
      throw Trouble(
        "standard input is empty, where a Token ID was expected",
        hint: "give the Token ID there, or name who asks: --help tells how", exitStatus: .badData)
    }
    return text
  }
}
