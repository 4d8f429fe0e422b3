import Foundation
import Testing

/// A proxy between a gate and an application that keeps every byte, and a token that opens the widget.
struct ProxyBench {
  let house: GateHouse
  let application: RecordingServer
  let port: Int
  let token: String

  static func with(
    _ proxy: Proxy, _ changes: ExampleChanges = .init(), _ body: (ProxyBench) throws -> Void
  ) throws {
    try #require(proxy.tool.isThere)
    try onStore { store in
      let token = try store.mexico()
      let house = try GateHouse(store, group: proxy.group)
      defer { house.end() }
      let application = try RecordingServer(port: house.applicationPort)
      defer { application.end() }
      try body(
        ProxyBench(
          house: house, application: application, port: try house.start(proxy, changes), token: token))
    }
  }

  var opening: String { "/widgets/sales?token=\(token)" }

  /// A request as text; its connection ends with it, where its headers don't say otherwise.
  func request(
    _ method: String = "GET", _ target: String? = nil, _ headers: [String] = [],
    host: String? = nil
  ) -> String {
    let names = headers.map { $0.prefix { $0 != ":" }.lowercased() }
    let end = names.contains("connection") ? [] : ["Connection: close"]
    let lines =
      ["\(method) \(target ?? opening) HTTP/1.1", "Host: \(host ?? "portal.example.com:\(port)")"] + headers
      + end
    return lines.joined(separator: "\r\n") + "\r\n\r\n"
  }

  /// The status of the answer, and what the application got meanwhile.
  func ask(_ request: String) throws -> (status: Int, received: Received) {
    application.forget()
    let status = try RawConnection.ask(port, request)
    return (status, Received(application.text))
  }
}

/// What an application received.
struct Received {
  let text: String
  /// In the order in which they came.
  let headers: [(name: String, value: String)]

  init(_ text: String) {
    self.text = text
    headers = text.split(separator: "\r\n").dropFirst().compactMap { line in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      let value = parts[1].drop { $0 == " " || $0 == "\t" }
      return (String(parts[0]), String(value))
    }
  }

  /// The values of a header as CGI and WSGI see them, which read `_` in a name as `-` (RFC 3875, 4.1.18).
  func values(_ name: String) -> [String] {
    headers.filter { $0.name.lowercased().replacing("_", with: "-") == name.lowercased() }.map(\.value)
  }

  var cookies: [String] {
    values("Cookie").flatMap { $0.split(separator: ";") }
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }
}
