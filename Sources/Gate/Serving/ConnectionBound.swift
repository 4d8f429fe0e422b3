private import Glibc

/// How many connections a gate takes at once: so few that its files can always be opened.
package enum ConnectionBound {
  /// Kept for the process: standard streams, the log, gate.db and gate.lock, the keys, what systemd handed over,
  /// and a look of its own at the store.
  private static let reservedForProcess = 28
  /// Kept for each thread: its epoll(7), its wake-up, and the store's database, log and index, twice, since a
  /// replaced store is opened before the old one is closed.
  private static let reservedForThread = 10

  /// The most connections under that limit of descriptors (RLIMIT_NOFILE); at least one.
  ///
  /// - Parameter inherited: how many descriptors are open that popsec did not open, beside the standard streams.
  package static func connections(descriptors: Int, threads: Int, inherited: Int = 0) -> Int {
    let room = descriptors - reservedForProcess - inherited - threads * reservedForThread
    return min(max(room, 1), Bounds.connections)
  }

  /// How many descriptors are open that whoever started the program left open, beside the standard streams: asked
  /// before anything is opened. None where that can't be told.
  package static func inheritedDescriptors() -> Int {
    guard let folder = opendir("/proc/self/fd") else { return 0 }
    defer { closedir(folder) }
    var count = 0
    // The two names of folders, the standard streams, and the folder itself.
    while readdir(folder) != nil { count += 1 }
    return max(0, count - 6)
  }

  /// Raises this process's limit of descriptors as far as it may (getrlimit(2)), and returns the limit that counts.
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
