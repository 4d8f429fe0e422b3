/// A port to listen on: from below those that the system gives to outgoing connections (ip(7),
/// ip_local_port_range), which others may hold at any time.
enum FreePort {
  static func any() -> Int { Int.random(in: 12_000..<32_000) }
}
