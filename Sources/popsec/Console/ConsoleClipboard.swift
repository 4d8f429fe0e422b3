import Access
import Console
import Foundation
import Terminal

extension ClipboardPort {
  /// The clipboard for the route that the environment leads to.
  static func standard(environment: [String: String], clearing: ClipboardClearing?) throws(Trouble)
    -> ClipboardPort
  {
    let route = ClipboardRoute(environment: environment)
    let named = try named(environment.filled("POPSEC_CLEAR_CLIPBOARD"))
    let clearing = clearing ?? named ?? .standard
    return ClipboardPort(
      way: way(route, environment), destination: destination(route), remark: remark(route.hint, environment),
      clearAfterSeconds: clearing.seconds)
  }

  private static func named(_ text: String?) throws(Trouble) -> ClipboardClearing? {
    guard let text else { return nil }
    guard let clearing = ClipboardClearing(argument: text) else {
      throw Trouble(
        "POPSEC_CLEAR_CLIPBOARD is \(quotedExcerpt(text))", hint: "it is 1 to 3600 seconds, or never",
        exitStatus: .usage)
    }
    return clearing
  }

  private static func way(_ route: ClipboardRoute, _ environment: [String: String]) -> Way {
    switch route.means {
    case .plain: .terminal(set: { Osc52.plain($0) }, clear: Osc52.clearing)
    case .screen: .terminal(set: { Osc52.screenChunks($0) }, clear: Osc52.clearingThroughScreen)
    case .tmux:
      .program(
        set: { text in problem { () throws(Trouble) in try TmuxBuffer.load(text) } },
        remark: { remark(TmuxBuffer.client()?.hint, environment) },
        clear: { problem { () throws(Trouble) in try TmuxBuffer.clear() } })
    case .none:
      .impossible(
        Problem(
          route.hint ?? "this terminal has no clipboard",
          hint: "V shows the Token ID, to be selected with the mouse"))
    }
  }

  private static func problem(_ body: () throws(Trouble) -> Void) -> Problem? {
    do throws(Trouble) { try body() } catch { return Problem(error) }
    return nil
  }

  private static func destination(_ route: ClipboardRoute) -> String {
    route.means == .tmux ? "your terminal's clipboard through tmux" : "your terminal's clipboard"
  }

  /// The remark about the terminal. What a person told by `popsec clipboard test` has precedence over what is
  /// known of terminals.
  private static func remark(_ hint: String?, _ environment: [String: String]) -> String? {
    switch ClipboardVerdicts(environment: environment).works {
    case true: nil
    case false: "you found that it does not arrive here: V shows it instead"
    case nil: hint
    }
  }
}
