import Foundation
import Ncurses

/// The signs with which trees are printed: ASCII where the environment asks for a charset other than UTF-8.
/// The C locale counts as UTF-8, because servers have it without a choice.
struct TreeSigns {
  let branch: String
  let lastBranch: String
  /// The sign beside the children of a branch that others follow. It is as wide as ``space``.
  let line: String
  let space = "   "
  let held: String
  let failed: String
  /// The sign for what was skipped or not evaluated.
  let open: String

  private static let unicode = TreeSigns(
    branch: "├─", lastBranch: "└─", line: "│  ", held: "✓", failed: "✗", open: "–")
  private static let ascii = TreeSigns(
    branch: "|-", lastBranch: "`-", line: "|  ", held: "+", failed: "x", open: "-")

  static func standard() -> TreeSigns {
    LocaleWish(environment: Caller.current.environment) == .other ? ascii : unicode
  }
}
