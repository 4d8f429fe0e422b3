private import Glibc

/// What does not change while the program runs, for whoever watches the gate.
package struct ProgramFacts: Hashable, Sendable {
  let version: String
  let commit: String
  let schema: Int
  /// When the process started, in seconds since 1970-01-01T00:00:00Z.
  let startedAt: Int64

  package init(version: String, commit: String, schema: Int, startedAt: Int64) {
    (self.version, self.commit, self.schema, self.startedAt) = (version, commit, schema, startedAt)
  }
}

/// The descriptors of this process.
struct DescriptorCount: Hashable, Sendable {
  /// The number of open descriptors; nil where it can't be told.
  let open: Int?
  /// The limit (getrlimit(2), RLIMIT_NOFILE); nil where there is none.
  let limit: Int?

  static var present: DescriptorCount { DescriptorCount(open: openCount, limit: limitInForce) }

  private static var openCount: Int? {
    guard let folder = opendir("/proc/self/fd") else { return nil }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    // The folder has two entries for folders, and one for itself.
    return max(0, count - 3)
  }

  private static var limitInForce: Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < UInt(Int.max)
    else { return nil }
    return Int(limit.rlim_cur)
  }
}
