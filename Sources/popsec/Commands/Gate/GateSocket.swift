import Access
import Foundation
import Gate

/// The gate's socket in the file system: its place, its rights, and a socket that an earlier gate left.
enum GateSocket {
  static func address(_ given: String?) throws -> ListenAddress {
    let environment = ProcessInfo.processInfo.environment
    let text = given ?? "unix:" + folder(environment) + "/gate.sock"
    if let address = ListenAddress(text) { return address }
    throw Trouble(
      "\(quotedExcerpt(text)) is nothing to listen at",
      hint: "write unix:/run/popsec-gate/gate.sock or 127.0.0.1:8181", exitStatus: .usage)
  }

  private static func folder(_ environment: [String: String]) -> String {
    if let folder = environment.filled("RUNTIME_DIRECTORY") {
      return String(folder.split(separator: ":").first ?? "")
    }
    return environment.filled("XDG_RUNTIME_DIR").map { $0 + "/popsec" } ?? "/run/popsec-gate"
  }

  /// The sockets at which the gate listens, and the names to remove when it stops.
  struct Opened {
    let server: GateServer
    let sockets: [ListeningSocket]
    let path: SocketPath?
    /// Whether another gate listened there until now.
    let hasTakenOver: Bool
  }

  /// Listens at the sockets that were handed over, or else at the address. The gate answers from the moment
  /// in which a client can find the socket.
  static func opened(
    _ given: String?, group: String?, _ serve: ([ListeningSocket]) throws -> GateServer
  ) throws -> Opened {
    let handed = try HandedSockets.take()
    guard !handed.isEmpty else { return try opened(try address(given), group: group, serve) }
    guard given == nil, group == nil else {
      throw Trouble(
        "sockets were handed over, so that --listen and --socket-group have no meaning",
        hint: "leave them out, and write ListenStream= and SocketGroup= into the socket unit",
        exitStatus: .usage)
    }
    return Opened(server: try serve(handed), sockets: handed, path: nil, hasTakenOver: false)
  }

  /// Listens at an address. A Unix socket has the mode 0660 from its first moment, and gets its name when it
  /// can be used.
  private static func opened(
    _ address: ListenAddress, group: String?, _ serve: ([ListeningSocket]) throws -> GateServer
  ) throws -> Opened {
    guard case .unix(let path) = address else {
      let sockets = [try bound(address, as: address)]
      return Opened(server: try serve(sockets), sockets: sockets, path: nil, hasTakenOver: false)
    }
    let madeFolder = try makeFolder(of: path)
    try refuseOther(path)
    let isAnswered = isAnswered(path)
    let temporary = SocketPath.temporaryPath(beside: path)
    guard let place = ListenAddress("unix:" + temporary) else {
      throw Trouble(
        "the folder of \(excerpt(path)) has too long a path for a socket", hint: "take a shorter one",
        exitStatus: .cannotCreate)
    }
    try refuseOther(temporary)
    unlink(temporary)
    let mask = umask(0o117)
    defer { umask(mask) }
    let socket = try bound(place, as: address)
    do {
      // An account that may use the socket must be able to enter its folder.
      if let group { for path in [temporary, madeFolder].compactMap({ $0 }) { try give(path, to: group) } }
      // The gate takes the name from another one only now, when everything else has worked.
      let server = try serve([socket.named(address)])
      guard let name = SocketPath.renamed(temporary, to: path) else { throw trouble(address, errno) }
      return Opened(
        server: server, sockets: [socket.named(address)], path: name, hasTakenOver: isAnswered)
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private static func bound(_ place: ListenAddress, as address: ListenAddress) throws -> ListeningSocket {
    do throws(SystemError) { return try ListeningSocket.bound(to: place) } catch {
      throw trouble(address, error.code)
    }
  }

  private static func trouble(_ address: ListenAddress, _ code: Int32) -> Trouble {
    Trouble(
      "can't listen at \(excerpt(address.description)): \(systemReason(code))",
      hint: "it may be in use, or not this account's", exitStatus: .cannotCreate)
  }

  /// Makes the last folder of a path where no systemd made it; nil where the folder exists.
  private static func makeFolder(of path: String) throws -> String? {
    let folder = (path as NSString).deletingLastPathComponent
    if mkdir(folder, 0o750) == 0 { return folder }
    if errno == EEXIST { return nil }
    throw Trouble(
      "the folder \(excerpt(folder)) can't be made: \(systemReason(errno))",
      hint: "make it, or name another place with --listen", exitStatus: .cannotCreate)
  }

  /// Refuses to replace anything but a socket. A socket may be replaced, whether a gate listens there or was
  /// killed.
  private static func refuseOther(_ path: String) throws {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFSOCK else { return }
    throw Trouble(
      "\(excerpt(path)) is there already, and is no socket", hint: "name another place with --listen",
      exitStatus: .cannotCreate)
  }

  private static func isAnswered(_ path: String) -> Bool {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8) + [0]) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }

  private static func give(_ path: String, to name: String) throws {
    guard let group = getgrnam(name) else {
      throw Trouble("there is no group named \(quotedExcerpt(name))", exitStatus: .noInput)
    }
    guard chown(path, uid_t.max, group.pointee.gr_gid) == 0 else {
      throw Trouble(
        "the socket can't be given to the group \(quotedExcerpt(name)): \(systemReason(errno))",
        hint: "this account must be in that group", exitStatus: .notPermitted)
    }
  }
}
