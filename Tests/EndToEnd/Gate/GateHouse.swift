import Glibc
import Foundation

/// A gate on a test's store, an application behind it, and proxies between.
final class GateHouse {
  let store: TestStore
  let socket: String
  let gate: Running
  let applicationPort = FreePort.any()
  private var servers: [Running] = []
  private static let proxies = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Resources/proxies")

  init(_ store: TestStore, _ more: [String] = []) throws {
    self.store = store
    socket = store.folder.path + "/gate.sock"
    gate = try store.start(
      ["gate", "--allow-seal-key", "--listen", "unix:" + socket, "--log-denials"] + more)
    try waitUntil { GateHouse.connect(toUnix: self.socket) }
  }

  func end() {
    for server in servers.reversed() + [gate] { kill(server.pid, SIGTERM) }
    for server in servers + [gate] { _ = try? server.finish() }
  }

  /// Waits until something answers.
  private func waitUntil(_ isThere: () -> Int32?) throws {
    for _ in 0..<400 {
      if let descriptor = isThere() {
        close(descriptor)
        return
      }
      usleep(25_000)
    }
    throw Failure("a server did not begin to listen")
  }

  // MARK: Servers

  /// Answers every request with what the proxy let it know.
  func startApplication(_ locations: String = "") throws {
    let folder = try store.privateFolder("application")
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " ")
    let text = """
      daemon off; worker_processes 1; pid \(folder)/pid; error_log \(folder)/error.log; \(Self.user) events {}
      http {
        access_log \(folder)/access.log; \(temporary) large_client_header_buffers 8 32k;
        server {
          listen 127.0.0.1:\(applicationPort);
          \(locations)
          location / {
            default_type text/plain;
            return 200 "uri=$request_uri user=$http_remote_user companies=$http_x_popsec_companies \
      cookie=$http_cookie referer=$http_referer authorization=$http_authorization key=$http_x_api_key\\n";
          }
        }
      }
      """
    try start(.nginx, ["-c", try store.file("application/nginx.conf", text)], port: applicationPort)
  }

  private static var user: String { getuid() == 0 ? "user root;" : "" }

  private func start(_ tool: Tool, _ arguments: [String], port: Int) throws {
    servers.append(
      try Running(
        tool.path, arguments, environment: store.environment,
        file: store.folder.appendingPathComponent("server-\(tool)-\(port)")))
    try waitUntil { Self.connect(toPort: port) }
  }

  /// The project's own example, with this test's places in it.
  private func example(_ name: String, _ changes: [(String, String)]) throws -> String {
    var text = try String(contentsOf: Self.proxies.appendingPathComponent(name), encoding: .utf8)
    for (old, new) in changes + (answersPreflights ? try Self.preflights(name) : []) + [
      ("127.0.0.1:8080", "127.0.0.1:\(applicationPort)")
    ] {
      guard text.contains(old) else { throw Failure("\(name) has no \(old)") }
      text = text.replacingOccurrences(of: old, with: new)
    }
    return text
  }

  /// Whether the proxies answer preflights, as the document on the gate has it.
  var answersPreflights = false

  /// What that document adds to an example, where it says.
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
    default:
      let asking = "  http-request set-var(txn.popsec_path) path\n"
      return [(asking, (try block("haproxy")) + asking)]
    }
  }

  /// The port at which nginx listens; over TLS with a certificate.
  func startNginx(certificate: (file: String, key: String)? = nil) throws -> Int {
    let (port, folder) = (FreePort.any(), try store.privateFolder("nginx"))
    var text = try example(
      "nginx.conf",
      [
        ("unix:/run/popsec-gate/gate.sock", "unix:" + socket), ("/var/log/nginx/", folder + "/"),
        ("listen 443 ssl", "listen 127.0.0.1:\(port)\(certificate == nil ? "" : " ssl")"),
        ("/etc/ssl/certs/portal.pem", certificate?.file ?? "none"),
        ("/etc/ssl/private/portal.key", certificate?.key ?? "none"),
      ])
    if certificate == nil {
      text = text.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.contains("ssl_certificate") }.joined(separator: "\n")
    }
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " ")
    let whole = """
      daemon off; worker_processes 1; pid \(folder)/pid; error_log \(folder)/error.log; \(Self.user) events {}
      http { \(temporary)
      \(text)
      }
      """
    try start(.nginx, ["-c", try store.file("nginx/nginx.conf", whole)], port: port)
    return port
  }

  func startHAProxy() throws -> Int {
    let port = FreePort.any()
    let text = try example(
      "haproxy.cfg",
      [
        ("unix@/run/popsec-gate/gate.sock", "unix@" + socket),
        ("bind :443 ssl crt /etc/haproxy/portal.pem", "bind 127.0.0.1:\(port)"),
        ("/etc/haproxy/popsec.lua", Self.proxies.appendingPathComponent("popsec.lua").path),
      ])
    try start(.haproxy, ["-db", "-f", try store.file("haproxy.cfg", text)], port: port)
    return port
  }

  func startCaddy() throws -> Int {
    let (port, folder) = (FreePort.any(), try store.privateFolder("caddy"))
    let text = try example(
      "Caddyfile",
      [
        ("unix//run/popsec-gate/gate.sock", "unix/" + socket), ("/var/log/caddy/", folder + "/"),
        ("\nportal.example.com {", "\nhttp://portal.example.com:\(port) {"),
      ])
    let file = try store.file("caddy/Caddyfile", "{\n\tadmin off\n}\n" + text)
    try start(.caddy, ["run", "--config", file, "--adapter", "caddyfile"], port: port)
    return port
  }

  // MARK: Asking

  struct Reply {
    let status: Int
    let headers: [String: String]
    let body: String
  }

  /// What curl gets from the proxy at that port. The target goes in on standard input: it may hold a token.
  func get(
    _ target: String, at port: Int, headers: [String] = [], method: String = "GET"
  ) throws -> Reply {
    let lines =
      ["url = \"http://portal.example.com:\(port)\(target)\"", "request = \"\(method)\""]
      + headers.map { "header = \"\($0)\"" }
    let printed = try Running(
      Tool.curl.path,
      [
        "-s", "-i", "--path-as-is", "--resolve", "portal.example.com:\(port):127.0.0.1", "-m", "10", "-K",
        "-",
      ],
      input: lines.joined(separator: "\n"), environment: store.environment,
      file: store.folder.appendingPathComponent("curl-" + UUID().uuidString)
    ).finish()
    return try Reply(printed.output)
  }

  /// Sends bytes to the gate itself, and takes what comes until it closes or says no more for a while.
  func raw(_ bytes: [UInt8], patience milliseconds: Int32 = 500) throws -> String {
    guard let descriptor = Self.connect(toUnix: socket) else { throw Failure("the gate does not listen") }
    defer { close(descriptor) }
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { break }
      sent += count
    }
    var (taken, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while poll(&waiting, 1, milliseconds) > 0 {
      let count = read(descriptor, &buffer, buffer.count)
      if count <= 0 { break }
      taken += buffer[..<count]
    }
    return String(decoding: taken, as: UTF8.self)
  }

  // MARK: Sockets

  static func connect(toUnix path: String) -> Int32? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8) + [0]) }
    return connect(AF_UNIX, &address)
  }

  static func connect(toPort port: Int) -> Int32? {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    return connect(AF_INET, &address)
  }

  private static func connect<Address>(_ family: Int32, _ address: inout Address) -> Int32? {
    let descriptor = Glibc.socket(family, Int32(SOCK_STREAM.rawValue), 0)
    let problem = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
      }
    }
    if problem == 0 { return descriptor }
    close(descriptor)
    return nil
  }
}

extension GateHouse.Reply {
  init(_ text: String) throws {
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    let lines = (parts.first ?? "").split(separator: "\r\n")
    guard let first = lines.first,
      let status = first.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { throw Failure("no answer: \(text)") }
    self.status = status
    body = parts.count > 1 ? String(parts[1]) : ""
    headers = Dictionary(
      lines.dropFirst().compactMap { line in
        line.firstIndex(of: ":").map {
          (line[..<$0].lowercased(), line[line.index(after: $0)...].trimmingCharacters(in: .whitespaces))
        }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The pair that a browser would send back.
  var cookie: String? { headers["set-cookie"].map { String($0.prefix { $0 != ";" }) } }
}

extension TestStore {
  /// An API user that may see the orders of MX, with a token; its Token ID.
  func mexico() throws -> String {
    let yaml = """
        - name: Portal Mexico
          roles: [WidgetReader]
          grants: [{connector: Business Central, roles: [User], companies: [MX], lists: [Sales Orders]}]
          tokens: [{name: portal}]
      """
    try succeed("apply", "--yes", try file("users.yaml", BusinessCentral.apiUsers(yaml)))
    let printed = try popsec("token", "reveal", "Portal Mexico", "portal", mayReveal: true)
    return printed.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
