private import Glibc

/// A listening socket that the gate bound, or that was passed to it.
package struct ListeningSocket: Sendable {
  package let descriptor: Int32
  /// The address. For port 0 it has the port that the system chose.
  package let address: ListenAddress
  /// Whether another process, such as systemd, holds the socket too. Then the next gate accepts the clients
  /// in its queue.
  package let isShared: Bool

  /// The number of connections that may wait to be accepted (listen(2)). The system's own limit may be lower.
  private static let backlog: Int32 = 4_096

  /// Binds and listens. Errors: ``SystemError``.
  package static func bound(to address: ListenAddress) throws(SystemError) -> ListeningSocket {
    switch address {
    case .unix(let path):
      let descriptor = try made(AF_UNIX)
      var name = sockaddr_un()
      name.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: Array(path.utf8) + [0]) }
      let result = withUnsafePointer(to: &name) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      return try listening(descriptor, result, address)
    case .tcp(let host, let port):
      var hints = addrinfo()
      hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
      hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
      var found: UnsafeMutablePointer<addrinfo>?
      guard getaddrinfo(host, String(port), &hints, &found) == 0, let found else {
        throw SystemError(code: EADDRNOTAVAIL)
      }
      defer { freeaddrinfo(found) }
      let descriptor = try made(found.pointee.ai_family)
      var isOn: Int32 = 1
      setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
      return try listening(
        descriptor, bind(descriptor, found.pointee.ai_addr, found.pointee.ai_addrlen), address)
    }
  }

  private static func made(_ family: Int32) throws(SystemError) -> Int32 {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let descriptor = socket(family, kind, 0)
    guard descriptor >= 0 else { throw SystemError(code: errno) }
    return descriptor
  }

  private static func listening(_ descriptor: Int32, _ bound: Int32, _ address: ListenAddress)
    throws(SystemError) -> ListeningSocket
  {
    guard bound == 0, listen(descriptor, backlog) == 0 else {
      let code = errno
      Glibc.close(descriptor)
      throw SystemError(code: code)
    }
    return ListeningSocket(
      descriptor: descriptor, address: ListenAddress(ofSocket: descriptor) ?? address, isShared: false)
  }

  /// Takes a socket with which this process was started. Errors: ``SystemError``: `EINVAL` where the
  /// descriptor is not a listening stream socket.
  package static func handed(_ descriptor: Int32) throws(SystemError) -> ListeningSocket {
    var (kind, isListening) = (Int32(0), Int32(0))
    var (length, otherLength) = (socklen_t(MemoryLayout<Int32>.size), socklen_t(MemoryLayout<Int32>.size))
    guard getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &kind, &length) == 0,
      getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &otherLength) == 0
    else { throw SystemError(code: errno) }
    guard kind == Int32(SOCK_STREAM.rawValue), isListening == 1,
      let address = ListenAddress(ofSocket: descriptor)
    else { throw SystemError(code: EINVAL) }
    // Two gates may wait at the same socket, and the slower one must not block in accept(2).
    guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0,
      fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0
    else { throw SystemError(code: errno) }
    return ListeningSocket(descriptor: descriptor, address: address, isShared: true)
  }

  /// The same socket under the name in the file system that it got since.
  package func named(_ address: ListenAddress) -> ListeningSocket {
    ListeningSocket(descriptor: descriptor, address: address, isShared: isShared)
  }

  package func close() { Glibc.close(descriptor) }
}

/// An error of the system, as in errno(3).
package struct SystemError: Error, Hashable {
  package let code: Int32

  package init(code: Int32) { self.code = code }
}

extension ListenAddress {
  /// The address of a socket (getsockname(2)); nil where it is neither a path nor an IP address.
  fileprivate init?(ofSocket descriptor: Int32) {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let isKnown = withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) == 0 }
    }
    guard isKnown else { return nil }
    if Int32(storage.ss_family) == AF_UNIX {
      let bytes = withUnsafeBytes(of: &storage) { $0.prefix(Int(length)).dropFirst(2).prefix { $0 != 0 } }
      self = .unix(path: String(decoding: bytes, as: UTF8.self))
      return
    }
    var host = [CChar](repeating: 0, count: 64)
    var port = [CChar](repeating: 0, count: 16)
    let isTold = withUnsafePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getnameinfo(
          $0, length, &host, socklen_t(host.count), &port, socklen_t(port.count),
          NI_NUMERICHOST | NI_NUMERICSERV) == 0
      }
    }
    func text(_ bytes: [CChar]) -> String {
      String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    guard isTold, let number = Int(text(port)) else { return nil }
    self = .tcp(host: text(host), port: number)
  }
}
