import Access

/// Refuses Token IDs among the arguments. Every account of the machine can read arguments, and the shell
/// remembers them.
enum SecretArguments {
  /// Refuses before anything is parsed, so that no other message can repeat the secret.
  static func refuse(in arguments: [String]) throws(Trouble) {
    guard arguments.contains(where: looksSecret) else { return }
    throw Trouble(
      "an argument looks like a Token ID, which other accounts of this machine could read",
      hint: "Token IDs are taken on standard input: popsec token whois", exitStatus: .usage)
  }

  static func looksSecret(_ argument: String) -> Bool {
    TokenID.isContained(in: argument) || isCut(argument)
  }

  /// Whether an argument is a Token ID that lost some characters or got more. Such a text is too long to be
  /// meant as a name.
  private static func isCut(_ argument: String) -> Bool {
    argument.hasPrefix(TokenID.prefix) && argument.utf8.count >= 30
  }
}
