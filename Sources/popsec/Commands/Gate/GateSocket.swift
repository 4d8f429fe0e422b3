import Access
import Foundation
import Gate

/// The gate's socket in the file system: its place, its rights, and what was left of one before.
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

  /// Listens there; a Unix socket has 0660 from its first moment on.
  static func opened(_ address: ListenAddress, group: String?, _ listen: () throws -> GateServer) throws
    -> GateServer
  {
    guard case .unix(let path) = address else { return try bound(address, listen) }
    let madeFolder = try makeFolder(of: path)
    try removeStale(path)
    let mask = umask(0o117)
    defer { umask(mask) }
    let server = try bound(address, listen)
    // Who may use the socket must get into its folder.
    if let group { for path in [path, madeFolder].compactMap({ $0 }) { try give(path, to: group) } }
    return server
  }

  private static func bound(_ address: ListenAddress, _ listen: () throws -> GateServer) throws -> GateServer
  {
    do { return try listen() } catch {
      throw Trouble(
        "can't listen at \(excerpt(address.description)): \(systemReason(errno))",
        hint: "it may be in use, or not this account's", exitStatus: .cannotCreate)
    }
  }

  /// Only the last folder, for those who have none that systemd made; nil where it is there.
  private static func makeFolder(of path: String) throws -> String? {
    let folder = (path as NSString).deletingLastPathComponent
    if mkdir(folder, 0o750) == 0 { return folder }
    if errno == EEXIST { return nil }
    throw Trouble(
      "the folder \(excerpt(folder)) can't be made: \(systemReason(errno))",
      hint: "make it, or name another place with --listen", exitStatus: .cannotCreate)
  }

  /// A socket to which nobody listens is left from a gate that was killed.
  private static func removeStale(_ path: String) throws {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK, !isAnswered(path) else {
      throw Trouble(
        "\(excerpt(path)) is there already", hint: "another gate may be running", exitStatus: .cannotCreate)
    }
    unlink(path)
  }

  private static func isAnswered(_ path: String) -> Bool {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return true }
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

  static func remove(_ address: ListenAddress) {
    if case .unix(let path) = address { unlink(path) }
  }
}
