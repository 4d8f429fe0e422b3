/// The limits of the gate.
enum Bounds {
  /// The greatest size of a request's line and headers, in bytes.
  static let headBytes = 65_536
  /// The greatest size of a body. Only applications that ask by themselves send one.
  static let bodyBytes = 262_144
  /// The greatest number of open connections, where the limit of descriptors allows as many.
  static let connections = 8_192
  /// The time in which a whole request must arrive.
  static let requestSeconds: Int64 = 10
  /// The time for which a connection may be silent.
  static let idleSeconds: Int64 = 90
  /// The time for which a connection may be silent while others wait for room, or while the gate stops.
  static let graceSeconds: Int64 = 1
  /// The time for which a gate that stops accepts the clients who wait at its socket.
  static let acceptDrainSeconds = 5
  /// The time for which a gate that stops waits until answers are taken and connections end.
  static let drainSeconds: Int64 = 10
}
