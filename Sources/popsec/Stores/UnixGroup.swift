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
}
