import Foundation

/// The servers for which there is an example that runs here.
enum Proxy: String, CaseIterable {
  case nginx, haproxy, caddy, apache

  var tool: Tool {
    switch self {
    case .nginx: .nginx
    case .haproxy: .haproxy
    case .caddy: .caddy
    case .apache: .apache
    }
  }

  /// The group as which it asks the gate; nil where it stays who it was started by.
  var group: String? {
    guard getuid() == 0 else { return nil }
    return switch self {
    case .nginx, .caddy: nil
    case .haproxy: "haproxy"
    case .apache: "www-data"
    }
  }
}

/// How a test wants an example to be otherwise.
struct ExampleChanges {
  /// Texts of the example, and what takes their place.
  var texts: [(String, String)] = []
  /// Whether the lines for WebSocket count, which the examples have as comments.
  var hasWebSocket = false
  /// Of nginx, for all that it does at once; nil for what it does by default.
  var workerConnections: Int?
  /// The socket of another gate than the house's.
  var gate: String?
  /// Whether the proxies answer preflights, as the document on the gate has it.
  var answersPreflights = false
}

extension GateHouse {
  private static let proxies = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Resources/proxies")

  /// The port at which the proxy listens, by the project's own example.
  func start(_ proxy: Proxy, _ changes: ExampleChanges = .init()) throws -> Int {
    switch proxy {
    case .nginx: try startNginx(changes)
    case .haproxy: try startHAProxy(changes)
    case .caddy: try startCaddy(changes)
    case .apache: try startApache(changes)
    }
  }

  /// The project's own example, with this test's places in it.
  private func example(
    _ name: String, _ places: [(String, String)], _ changes: ExampleChanges
  ) throws -> String {
    let file = Self.proxies.appendingPathComponent(name)
    let all = places + changes.texts + (changes.answersPreflights ? try Self.preflights(name) : [])
    let text = try Self.replace(all, in: String(contentsOf: file, encoding: .utf8), of: name)
    return changes.hasWebSocket ? try Self.replace([("#ws ", "")], in: text, of: name) : text
  }

  /// What the document on the gate adds to an example, so that it answers preflights.
  private static func preflights(_ name: String) throws -> [(String, String)] {
    let document = try String(
      contentsOf: proxies.deletingLastPathComponent().appendingPathComponent("docs/gate.md"), encoding: .utf8)
    func block(_ language: String) throws -> String {
      let parts = document.split(separator: "```\(language)\n", maxSplits: 1)
      guard parts.count == 2, let block = parts[1].split(separator: "```", maxSplits: 1).first else {
        throw Failure("gate.md has no \(language)")
      }
      return String(block)
    }
    switch name {
    case "nginx.conf":
      return [
        ("\nserver {\n", "\n" + (try block("nginx")) + "server {\n"),
        ("  location / {\n", "  location / {\n" + (try block("nginx-location"))),
      ]
    case "Caddyfile": return [("\troute {\n", "\troute {\n" + (try block("caddy")))]
    case "haproxy.cfg":
      let asking = "  http-request lua.popsec "
      return [(asking, (try block("haproxy")) + asking)]
    default: return []
    }
  }

  private var application: (String, String) { ("127.0.0.1:8080", "127.0.0.1:\(applicationPort)") }

  private static func replace(_ changes: [(String, String)], in text: String, of name: String) throws
    -> String
  {
    try changes.reduce(text) { text, change in
      guard text.contains(change.0) else { throw Failure("\(name) has no \(change.0)") }
      return text.replacingOccurrences(of: change.0, with: change.1)
    }
  }

  /// The port at which nginx listens; over TLS with a certificate.
  func startNginx(
    _ changes: ExampleChanges = .init(), certificate: (file: String, key: String)? = nil
  ) throws -> Int {
    let (port, folder) = (FreePort.any(), try store.privateFolder("nginx"))
    var text = try example(
      "nginx.conf",
      [
        ("unix:/run/popsec-gate/gate.sock", "unix:" + (changes.gate ?? socket)),
        ("/var/log/nginx/", folder + "/"), application,
        ("listen 443 ssl", "listen 127.0.0.1:\(port)\(certificate == nil ? "" : " ssl")"),
        ("/etc/ssl/certs/portal.pem", certificate?.file ?? "none"),
        ("/etc/ssl/private/portal.key", certificate?.key ?? "none"),
      ], changes)
    if certificate == nil { text = Self.without("ssl_certificate", text) }
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " ")
    let connections = changes.workerConnections.map { "worker_connections \($0);" } ?? ""
    let whole = """
      daemon off; worker_processes 1; pid \(folder)/pid; error_log \(folder)/error.log; \(Self.nginxUser)
      events { \(connections) }
      http { \(temporary)
      \(text)
      }
      """
    try start(.nginx, ["-c", try store.file("nginx/nginx.conf", whole)], port: port)
    return port
  }

  private static func without(_ word: String, _ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.contains(word) }
      .joined(separator: "\n")
  }

  private func startHAProxy(_ changes: ExampleChanges) throws -> Int {
    let port = FreePort.any()
    let text = try example(
      "haproxy.cfg",
      [
        ("unix@/run/popsec-gate/gate.sock", "unix@" + (changes.gate ?? socket)),
        ("bind :443 ssl crt /etc/haproxy/portal.pem", "bind 127.0.0.1:\(port)"),
        application,
        ("/etc/haproxy/popsec.lua", Self.proxies.appendingPathComponent("popsec.lua").path),
      ] + (Proxy.haproxy.group == nil ? [("  user haproxy\n  group haproxy\n", "")] : []), changes)
    try start(.haproxy, ["-db", "-f", try store.file("haproxy.cfg", text)], port: port)
    return port
  }

  private func startCaddy(_ changes: ExampleChanges) throws -> Int {
    let (port, folder) = (FreePort.any(), try store.privateFolder("caddy"))
    let text = try example(
      "Caddyfile",
      [
        ("unix//run/popsec-gate/gate.sock", "unix/" + (changes.gate ?? socket)),
        ("/var/log/caddy/", folder + "/"), application, ("\n{\n", "\n{\n\tadmin off\n"),
        ("\nportal.example.com {", "\nhttp://portal.example.com:\(port) {"),
      ], changes)
    let file = try store.file("caddy/Caddyfile", text)
    try start(.caddy, ["run", "--config", file, "--adapter", "caddyfile"], port: port)
    return port
  }

  private func startApache(_ changes: ExampleChanges) throws -> Int {
    let (port, folder) = (FreePort.any(), try store.privateFolder("apache"))
    // Apache's account reads the script at each change.
    let script = try store.file(
      "popsec-apache.lua",
      try example("popsec-apache.lua", [("/run/popsec-gate/gate.sock", changes.gate ?? socket)], .init()))
    let text = try example(
      "apache.conf",
      [
        ("*:443", "127.0.0.1:\(port)"), ("/etc/apache2/popsec-apache.lua", script),
        ("/var/log/apache2/", folder + "/"), application,
      ], changes)
    let modules = [
      "mpm_event", "authz_core", "headers", "lua", "proxy", "proxy_http", "reqtimeout", "setenvif",
    ].map { "LoadModule \($0)_module /usr/lib/apache2/modules/mod_\($0).so" }
    let whole = """
      ServerName localhost
      ServerRoot \(folder)
      DefaultRuntimeDir \(folder)
      PidFile \(folder)/pid
      ErrorLog \(folder)/error.log
      Listen 127.0.0.1:\(port)
      \(modules.joined(separator: "\n"))
      \(Proxy.apache.group.map { "User www-data\nGroup \($0)" } ?? "")
      \(Self.without("SSL", text))
      """
    let file = try store.file("apache/apache.conf", whole)
    try start(.apache, ["-D", "FOREGROUND", "-f", file], port: port)
    return port
  }
}
