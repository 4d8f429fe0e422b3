import Access
import Administration
import Foundation

extension Operator {
  /// The Unix account that runs this process. What it may do is guarded by the store's file
  /// rights so far: who can write the store could do anything with it anyway.
  static func current(_ frontEnd: FrontEnd) -> Operator {
    Operator(actor: Actor(name: unixAccountName(), frontEnd: frontEnd), permissions: Set(Permission.allCases))
  }

  private static func unixAccountName() -> String {
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "uid \(getuid())" }
    return String(cString: name)
  }
}
