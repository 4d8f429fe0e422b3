internal import Access

/// The address at which the gate listens: `unix:PATH` or `HOST:PORT`.
package enum ListenAddress: Hashable, Sendable, CustomStringConvertible {
  case unix(path: String)
  case tcp(host: String, port: Int)

  /// Reads an address. A path has at most 107 bytes (unix(7), `sun_path`).
  package init?(_ text: String) {
    if text.hasPrefix("unix:") {
      let path = String(text.dropFirst(5))
      guard path.hasPrefix("/"), path.utf8.count <= 107, !path.utf8.contains(0) else { return nil }
      self = .unix(path: path)
      return
    }
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (0...65_535).contains(port)
    else { return nil }
    var host = text[..<colon]
    if host.first == "[", host.last == "]" { host = host.dropFirst().dropLast() }
    guard host == "localhost" || IPAddress(host) != nil else { return nil }
    self = .tcp(host: host == "localhost" ? "127.0.0.1" : String(host), port: port)
  }

  package var description: String {
    switch self {
    case .unix(let path): "unix:" + path
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
  }
}
