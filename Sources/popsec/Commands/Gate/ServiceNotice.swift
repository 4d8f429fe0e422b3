/// What a service tells the service manager that started it (sd_notify(3)).
enum ServiceNotice: Hashable, Sendable {
  case ready(status: String)
  case stopping
  /// The service is alive; the manager restarts a service that doesn't say so in time.
  case watchdog

  var text: String {
    switch self {
    case .ready(let status): "READY=1\nSTATUS=\(status.filter { !$0.isNewline })"
    case .stopping: "STOPPING=1"
    case .watchdog: "WATCHDOG=1"
    }
  }
}

/// Where the service manager listens, by `NOTIFY_SOCKET` (sd_notify(3)).
struct NoticeAddress: Hashable, Sendable {
  /// The bytes of `sun_path`. A zero byte in front means a name that is in no folder (unix(7)).
  let bytes: [UInt8]

  /// The greatest number of bytes that `sun_path` takes (unix(7)).
  private static let maximum = 108

  /// Fails where the text names no Unix socket: neither an absolute path nor `@` and a name.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count > 1, !bytes.contains(0) else { return nil }
    switch bytes[0] {
    case UInt8(ascii: "/") where bytes.count < Self.maximum: self.bytes = bytes + [0]
    case UInt8(ascii: "@") where bytes.count <= Self.maximum: self.bytes = [0] + bytes.dropFirst()
    default: return nil
    }
  }
}

/// How often a service has to say that it is alive (sd_watchdog_enabled(3)).
struct WatchdogInterval: Hashable, Sendable {
  let microseconds: Int

  /// The bounds: what is shorter would say nothing but that, what is longer is no watchdog.
  private static let bounds = 100_000...86_400_000_000

  /// Reads `WATCHDOG_USEC`; nil where no watchdog waits for this process.
  init?(_ environment: [String: String], process: Int32) {
    if let meant = environment["WATCHDOG_PID"], Int32(meant) != process { return nil }
    guard let microseconds = environment["WATCHDOG_USEC"].flatMap({ Int($0) }),
      Self.bounds.contains(microseconds)
    else { return nil }
    self.microseconds = microseconds
  }

  /// The manager's own advice is half the time.
  var tellingMicroseconds: Int { microseconds / 2 }
}
