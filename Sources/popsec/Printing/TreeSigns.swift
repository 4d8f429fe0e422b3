import Foundation
import Ncurses

/// What trees are printed with: ASCII where the environment asks for a charset other than UTF-8. The C
/// locale counts as UTF-8, since servers have it without meaning it.
struct TreeSigns {
  let branch: String
  let lastBranch: String
  /// Beside the children of a branch that others follow; as wide as ``space``.
  let line: String
  let space = "   "
  let held: String
  let failed: String
  /// Skipped, or not looked at.
  let open: String

  private static let unicode = TreeSigns(
    branch: "├─", lastBranch: "└─", line: "│  ", held: "✓", failed: "✗", open: "–")
  private static let ascii = TreeSigns(
    branch: "|-", lastBranch: "`-", line: "|  ", held: "+", failed: "x", open: "-")

  static func standard() -> TreeSigns {
    LocaleWish(environment: Caller.current.environment) == .other ? ascii : unicode
  }
}
