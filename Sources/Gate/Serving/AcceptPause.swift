private import Glibc

/// What accept(2) failed of.
package enum AcceptProblem: Hashable, Sendable {
  /// Nobody waits.
  case nobody
  /// The connection was given up meanwhile, or its network failed; the next one may be well.
  case oneConnection
  /// Descriptors or memory are short, or the socket is ill: to try again at once would only burn a core.
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

/// When something is said, and done, about connections that have to wait. Instants are seconds that go forward.
package struct AcceptPause: Sendable {
  private static let secondsBetweenLines = 60

  /// The last accept(2) found no descriptor.
  package var isShort = false
  private var toldAt: Int?
  private var madeRoomAt: Int?

  package init() {}

  /// Whether it is to be said: once a minute at most.
  package mutating func mayTell(at seconds: Int) -> Bool {
    if let toldAt, seconds - toldAt < Self.secondsBetweenLines { return false }
    toldAt = seconds
    return true
  }

  /// Whether idle connections are to be ended: once a second at most.
  package mutating func mayMakeRoom(at seconds: Int) -> Bool {
    if madeRoomAt == seconds { return false }
    madeRoomAt = seconds
    return true
  }
}
