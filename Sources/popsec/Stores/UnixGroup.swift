import Access
import Foundation

enum UnixGroup {
  static func number(_ name: String) throws(Trouble) -> UInt32 {
    guard let entry = getgrnam(name) else {
      throw Trouble(
        "there is no group named \(quotedExcerpt(name))", hint: "addgroup --system \(excerpt(name))",
        exitStatus: .noInput)
    }
    return entry.pointee.gr_gid
  }

  /// The number of an account. Errors: ``Trouble`` where there is none of the name.
  static func account(_ name: String) throws(Trouble) -> uid_t {
    if let entry = getpwnam(name) { return entry.pointee.pw_uid }
    throw Trouble("there is no account named \(quotedExcerpt(name))", exitStatus: .noInput)
  }
}
