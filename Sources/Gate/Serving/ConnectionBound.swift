private import Glibc

/// The number of connections that a gate takes at once. It leaves enough descriptors for the gate's files.
package enum ConnectionBound {
  /// The descriptors that the process needs itself: for the standard streams, the log, gate.db and gate.lock,
  /// the keys, the sockets that systemd passed, and a reader of the store.
  private static let reservedForProcess = 28
  /// The descriptors that each thread needs: for its epoll(7), its wake-up, and the store's database, log and
  /// index. The last three count twice, because a replaced store is opened before the old one is closed.
  private static let reservedForThread = 10

  /// The greatest number of connections under this limit of descriptors (RLIMIT_NOFILE), at least one.
  ///
  /// - Parameter inherited: the number of open descriptors that popsec did not open, beside the standard
  ///   streams.
  package static func connections(descriptors: Int, threads: Int, inherited: Int = 0) -> Int {
    let room = descriptors - reservedForProcess - inherited - threads * reservedForThread
    return min(max(room, 1), Bounds.connections)
  }

  /// The number of descriptors that the program inherited, beside the standard streams. It must be asked
  /// before any file is opened. The result is 0 where the number is not known.
  package static func inheritedDescriptors() -> Int {
    guard let folder = opendir("/proc/self/fd") else { return 0 }
    defer { closedir(folder) }
    var count = 0
    // The folder has two entries for folders, three for the standard streams, and one for itself.
    while readdir(folder) != nil { count += 1 }
    return max(0, count - 6)
  }

  /// Raises this process's limit of descriptors as far as allowed (getrlimit(2)), and returns the limit in
  /// effect.
  package static func raisedDescriptorLimit() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1_024 }
    if limit.rlim_cur < limit.rlim_max {
      var raised = limit
      raised.rlim_cur = limit.rlim_max
      if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
    }
    return Int(clamping: limit.rlim_cur)
  }
}
