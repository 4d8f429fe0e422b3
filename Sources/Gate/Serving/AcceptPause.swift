private import Glibc

/// The reason why accept(2) failed.
package enum AcceptProblem: Hashable, Sendable {
  /// Nobody is waiting.
  case nobody
  /// The connection was closed in the meantime, or its network failed. The next connection may work.
  case oneConnection
  /// Descriptors or memory are short, or the socket is broken. Trying again at once would only waste
  /// processor time.
  case shortage

  package init(_ code: Int32) {
    switch code {
    case EAGAIN, EWOULDBLOCK: self = .nobody
    case ECONNABORTED, EINTR, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH, EOPNOTSUPP,
      ENETUNREACH, EPERM:
      self = .oneConnection
    default: self = .shortage
    }
  }
}

/// Decides when the gate reports that connections have to wait, and when it makes room. Instants are seconds
/// of a clock that goes forward.
package struct AcceptPause: Sendable {
  private static let secondsBetweenLines = 60

  /// Whether the last accept(2) found no descriptor.
  package var isShort = false
  private var toldAt: Int?
  private var madeRoomAt: Int?

  package init() {}

  /// Whether the gate may report now: at most once a minute.
  package mutating func mayTell(at seconds: Int) -> Bool {
    if let toldAt, seconds - toldAt < Self.secondsBetweenLines { return false }
    toldAt = seconds
    return true
  }

  /// Whether idle connections may be ended now: at most once a second.
  package mutating func mayMakeRoom(at seconds: Int) -> Bool {
    if madeRoomAt == seconds { return false }
    madeRoomAt = seconds
    return true
  }
}
