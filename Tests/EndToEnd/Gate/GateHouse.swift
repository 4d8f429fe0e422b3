import Glibc
import Foundation
import TestSupport
import Testing

/// A gate on a test's store, an application behind it, and proxies between.
final class GateHouse {
  let store: TestStore
  let socket: String
  let gate: Running
  let applicationPort = FreePort.any()
  private var servers: [Running] = []
  /// What the servers printed until they ended.
  private(set) var printed = ""

  /// Where a group is named, its members may use the gate's socket.
  ///
  /// - Parameter name: of the socket, where a store has several gates.
  init(_ store: TestStore, _ more: [String] = [], group: String? = nil, named name: String = "gate") throws {
    self.store = store
    // The proxy's account passes the store's folder on its way to the socket, and sees nothing of the folder.
    if group != nil { chmod(store.folder.path, 0o711) }
    socket = store.folder.path + (group == nil ? "" : "/run") + "/\(name).sock"
    let rights = group.map { ["--socket-group", $0] } ?? []
    gate = try store.start(
      ["gate", "--allow-seal-key", "--listen", "unix:" + socket, "--log-denials"] + rights + more)
    try waitUntil { GateHouse.connect(toUnix: self.socket) }
  }

  /// Ends all servers. None may have printed a Token ID.
  func end() {
    // One that a test has stopped would not end.
    kill(gate.pid, SIGCONT)
    let running = servers.reversed() + [gate]
    servers = []
    for server in running { kill(server.pid, SIGTERM) }
    for server in running {
      guard let said = try? server.finish() else { continue }
      printed += said.output + said.errors
      #expect(!Self.crashes.contains(said.status - 128), "a server died: \(said.errors.suffix(2_000))")
    }
    #expect(Secrets.found(in: printed).count == 0, "a Token ID was printed")
  }

  /// The signals by which a process dies of a fault of its own.
  private static let crashes: Set<Int32> = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV]

  /// Waits until something answers.
  private func waitUntil(_ isThere: () -> Int32?) throws {
    close(try eventually("a server to listen", isThere))
  }

  // MARK: Servers

  /// Answers every request with what the proxy let it know.
  func startApplication(_ locations: String = "") throws {
    let folder = try store.privateFolder("application")
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " ")
    let text = """
      daemon off; worker_processes 1; pid \(folder)/pid; error_log \(folder)/error.log; \(Self.nginxUser) events {}
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

  static var nginxUser: String { getuid() == 0 ? "user root;" : "" }

  func start(_ tool: Tool, _ arguments: [String], port: Int) throws {
    servers.append(
      try Running(
        tool.path, arguments, environment: store.environment,
        file: store.folder.appendingPathComponent("server-\(tool)-\(port)")))
    try waitUntil { Self.connect(toPort: port) }
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
  ///
  /// - Parameter once: whether the first that comes is enough.
  func raw(_ bytes: [UInt8], patience milliseconds: Int32 = 500, once: Bool = false) throws -> String {
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
      if once { break }
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
    let descriptor = Glibc.socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
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
    return try tokenID("Portal Mexico", "portal")
  }

  func tokenID(_ user: String, _ token: String) throws -> String {
    let printed = try popsec("token", "reveal", user, token, mayReveal: true)
    return printed.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
