import Access
import Administration

/// Token IDs don't belong into arguments: every account of the machine can read those, and
/// the shell remembers them.
enum SecretArguments {
  /// Refuses before anything is parsed, so that no other message can repeat the secret.
  static func refuse(in arguments: [String]) throws(Trouble) {
    guard arguments.contains(where: PastedTokenID.looksSecret) else { return }
    throw Trouble(
      "an argument looks like a Token ID, which other accounts of this machine could read",
      hint: "Token IDs are taken on standard input: popsec token whois", exitStatus: .usage)
  }
}
