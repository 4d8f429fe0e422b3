/// What the gate puts up with.
enum Bounds {
  /// Of a request's line and headers, in bytes.
  static let headBytes = 65_536
  /// Of a body; only applications that ask themselves send one.
  static let bodyBytes = 262_144
  /// Open at once, where the limit of descriptors leaves room for so many.
  static let connections = 8_192
  /// How long a request may take to come in whole.
  static let requestSeconds: Int64 = 10
  /// How long a connection may say nothing.
  static let idleSeconds: Int64 = 90
  /// How long a connection may be silent where others wait for room, or where the gate stops.
  static let graceSeconds: Int64 = 1
  /// How long a gate that stops accepts who waits at its socket.
  static let acceptDrainSeconds = 5
  /// How long answers may take to be taken, and connections to end, when the gate stops.
  static let drainSeconds: Int64 = 10
}
