import Access
import Administration
import Store
import Terminal

/// The keys on a token, wherever tokens are listed.
extension TokenListing {
  var sealObstacle: String? { context.sealObstacle }
  var copyObstacle: String? { context.copyObstacle }

  /// All that can be done with the selected token. Opening comes first, then copying and what the list adds.
  func tokenActions(with own: [KeyBinding<Message>]) -> [KeyBinding<Message>] {
    let copying = copying
    return opening + copying.prefix(1) + own + copying.dropFirst() + changing + asking
  }

  private var selected: TokenRow? { rows.selected.map(Self.token) }

  /// A binding for an action on the selected token.
  private func onToken(
    _ keys: Key..., hint: String, help: String, unless obstacle: String? = nil,
    does effect: @escaping @Sendable (TokenRow) -> Effect<Message>
  ) -> KeyBinding<Message> {
    var binding = onRow(hint: hint, help: help, unless: obstacle) {
      effect(Self.token($0))
    }
    binding.keys = keys
    return binding
  }

  /// Opening details, which is possible for a revoked token, too.
  private var opening: [KeyBinding<Message>] {
    [onToken(.enter, hint: "details", help: "show all that is known of it") { open($0) }]
  }

  /// Asking why the token does not work, which is possible for a revoked token, too: support staff need this. So is
  /// copying what the token is.
  private var asking: [KeyBinding<Message>] {
    [
      onToken("w", hint: "why", help: "why it opens something or not") {
        context.why(.account($0.token.account), token: $0.id)
      },
      copyingRow(context, things),
    ]
  }

  private var revoked: String? { selected?.state == .revoked ? "the token is revoked for good" : nil }

  private var copying: [KeyBinding<Message>] {
    [
      onToken("c", hint: "copy", help: "copy the Token ID to your terminal's clipboard") {
        context.copy($0.token, .tokenID)
      },
      onToken("u", hint: "copy address", help: "copy a widget's address with the token") {
        context.chooseWidget($0.token)
      },
      onToken("V", hint: "reveal", help: "show the Token ID for 20 s") { context.reveal($0.token) },
    ].unless(copyObstacle ?? revoked)
  }

  private var changing: [KeyBinding<Message>] {
    let isDisabled = selected?.token.isDisabled ?? false
    return [
      onToken("r", hint: "rename", help: "rename the token") { row in
        context.rename(row.token.name, "token", said: "token renamed") { try $0.rename(row.id, to: $1) }
      },
      onToken("x", hint: "expiry", help: "change from when and until when it is valid") {
        .ask(TokenDialog.setValidity(of: $0.token, context: context)) { _ in .toast("expiry changed", .good) }
      },
      onToken("l", hint: "limit", help: "limit it to widgets, networks and a rate") { limit($0.token) },
      onToken(
        "o", hint: "describe", help: "say who answers for it, what it is for, and its labels"
      ) { describe($0.token) }.hintedWhereRoom(),
      onToken("T", hint: "rotate", help: "make a new Token ID for it", unless: sealObstacle) {
        askToRotate($0)
      },
      onToken(
        "d", hint: isDisabled ? "enable " : "disable",
        help: isDisabled ? "enable the token" : "disable the token"
      ) { toggleDisabled($0.token) }.named("disable"),
      onToken("R", .delete, hint: "revoke", help: "revoke the token for good") { revoke($0.token) },
    ].unless(context.obstacle(.tokensManage) ?? revoked)
  }
}
