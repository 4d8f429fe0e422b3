package import Access
import Terminal

/// Sends secrets and other texts to the clipboard and clears it of secrets again, whatever screen is open meanwhile.
///
/// It never says "copied", because no terminal tells whether it accepted the text.
package struct ClipboardService: Screen {
  package enum Message: Sendable {
    /// Sends a text to the clipboard; `what` names the text, as in "Token ID of portal".
    case copy(SecretText, what: String)
    /// Sends a text that is no secret, and that stays in the clipboard.
    case copyText(String, what: String)
    case textSent(what: String, remark: String?, Problem?)
    case sent(what: String, remark: String?, Problem?)
    case tick
    /// The person wants the clipboard to stay as it is.
    case keep
    case cleared(Problem?)
  }

  private let port: ClipboardPort
  /// The beginning of the service's status in the title bar while something is to be cleared.
  package static let statusPrefix = "clipboard"
  private(set) var secondsLeft: Int?

  package init(port: ClipboardPort) { self.port = port }

  package var title: String { "clipboard" }

  package var bindings: [KeyBinding<Message>] {
    guard secondsLeft != nil else { return [] }
    return [
      KeyBinding(
        .control("k"), hint: "keep clipboard", help: "leave the clipboard as it is", group: "Clipboard",
        isHinted: false, message: .keep)
    ]
  }

  package mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .copy(let secret, let what):
      return send(secret.revealed) { .sent(what: what, remark: $0, $1) }
    case .copyText(let text, let what):
      return send(text) { .textSent(what: what, remark: $0, $1) }
    case .textSent(let what, let remark, nil):
      // A Token ID that was there before is overwritten by now.
      return end(.toast(said(what, remark), .good))
    case .textSent(_, _, let problem?): return .toast(problem)
    case .sent(let what, let remark, nil): return begin(what, remark)
    case .sent(_, _, let problem?): return .toast(problem)
    case .tick: return tick()
    case .keep: return end(.toast("the clipboard stays as it is"))
    case .cleared(nil): return .toast("\(port.destination): overwritten and cleared")
    case .cleared(let problem?): return .toast(problem)
    }
  }

  package func draw(on frame: inout Frame<Message>) {}

  private func send(
    _ text: String, sent: @escaping @Sendable (_ remark: String?, Problem?) -> Message
  ) -> Effect<Message> {
    switch port.way {
    case .terminal(let set, _):
      return .batch(.terminal(set(text)), .send(sent(port.remark, nil)))
    case .program(let set, let remark, _):
      return .run("sending to the clipboard") {
        let problem = set(text)
        return sent(problem == nil ? remark() : nil, problem)
      }
    case .impossible(let problem): return .toast(problem.line, .warning)
    }
  }

  private func said(_ what: String, _ remark: String?) -> String {
    "\(what) sent to \(port.destination)" + (remark.map { "; \($0)" } ?? "")
  }

  private mutating func begin(_ what: String, _ remark: String?) -> Effect<Message> {
    let said = Effect<Message>.toast(said(what, remark), .good)
    guard let seconds = port.clearAfterSeconds else { return said }
    secondsLeft = seconds
    return .batch(said, countdown())
  }

  private mutating func tick() -> Effect<Message> {
    guard let left = secondsLeft else { return .none }
    secondsLeft = left - 1
    return left > 1 ? countdown() : end(clear())
  }

  private func countdown() -> Effect<Message> {
    .batch(
      .status("\(Self.statusPrefix) clears in \(secondsLeft ?? 0) s, Ctrl-K keeps it"),
      .after(milliseconds: 1_000, key: "clear", .tick))
  }

  private mutating func end(_ effect: Effect<Message>) -> Effect<Message> {
    secondsLeft = nil
    return .batch(.cancel("clear"), .status(nil), effect)
  }

  private func clear() -> Effect<Message> {
    switch port.way {
    case .terminal(_, let clear): .batch(.terminal(clear), .send(.cleared(nil)))
    case .program(_, _, let clear):
      .run("clearing the clipboard") {
        .cleared(clear())
      }
    case .impossible: .none
    }
  }
}

/// A text that holds a Token ID. Printing or dumping this value shows nothing of the text.
package struct SecretText: Sendable, CustomStringConvertible, CustomReflectable {
  package let revealed: String

  package init(_ id: TokenID) { revealed = id.revealed }
  /// Makes the address with the Token ID appended.
  package init(_ id: TokenID, in address: Address) { revealed = address.revealed(with: id) }

  package var description: String { "(secret)" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
