internal import Store

extension PostgresConnection {
  /// A process of a server, behind a connection that was lost.
  struct Former {
    let process: Int32
    let openedAt: ContinuousClock.Instant
  }

  var asFormer: Former { Former(process: backend, openedAt: openedAt) }

  /// Ends a process of this server, if the process is still there. The system gives a number again to another process, but
  /// that process begins later.
  func end(_ former: Former) throws {
    let age = Int((ContinuousClock.now - former.openedAt) / .milliseconds(1))
    do {
      try execute(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE pid = \(former.process) AND backend_start < clock_timestamp() - interval '\(age) milliseconds'
        """)
    } catch StoreError.notAllowed {
      // The number is another login's process by now.
    }
  }
}
