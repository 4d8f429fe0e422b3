import Foundation
import Glibc
import Synchronization
import TestSupport

/// Stands between popsec and the tests' PostgreSQL server, and cuts a connection once, behind a message that it counted.
final class CuttingRelay: Sendable {
  /// Who sends the messages that are counted.
  enum Side: CaseIterable { case popsec, server }

  /// What there is behind the cut.
  enum Aftermath: CaseIterable {
    /// The server goes on, and takes new connections.
    case serverGoesOn
    /// Nobody is there any more.
    case nobody
  }

  private struct State {
    /// How many more messages pass; nil where none is counted.
    var left: Int?
    var isCut = false
    var sockets: Set<Int32> = []
  }

  private let state = Mutex(State())
  private let server: String
  private let folder: TemporaryFolder
  private let listener: Int32
  private let side: Side
  private let aftermath: Aftermath

  init(to server: PostgresServer, counting side: Side, then aftermath: Aftermath) throws {
    (self.side, self.aftermath) = (side, aftermath)
    self.server = server.folder + "/.s.PGSQL.5432"
    folder = try TemporaryFolder()
    let path = folder.path + "/.s.PGSQL.5432"
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard Self.at(path, { bind(listener, $0, $1) }) == 0, listen(listener, 16) == 0 else {
      throw NoRelay()
    }
    Thread.detachNewThread { [self] in accept() }
  }

  /// The relay can't listen.
  struct NoRelay: Error {}

  /// The address of a database by way of the relay.
  func address(_ database: String) -> String {
    "postgresql://popsec@/\(database)?host=\(folder.path.replacingOccurrences(of: "/", with: "%2F"))"
  }

  /// From now on, cuts behind so many messages.
  func cut(behind count: Int) {
    state.withLock { ($0.left, $0.isCut) = (count, false) }
  }

  var isCut: Bool { state.withLock { $0.isCut } }

  func end() {
    shutdown(listener, Int32(SHUT_RDWR))
    state.withLock { for socket in $0.sockets { shutdown(socket, Int32(SHUT_RDWR)) } }
  }

  private static func at(
    _ path: String, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8) + [0]) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        call($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  private func accept() {
    while true {
      let client = Glibc.accept(listener, nil, nil)
      guard client >= 0 else {
        close(listener)
        return
      }
      let other = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      let mayPass = state.withLock { !$0.isCut || aftermath == .serverGoesOn }
      guard mayPass, Self.at(server, { connect(other, $0, $1) }) == 0 else {
        close(client)
        close(other)
        continue
      }
      state.withLock { $0.sockets.formUnion([client, other]) }
      let open = Atomic(2)
      let finish: @Sendable () -> Void = { [self] in
        // Whichever direction ends, the connection does.
        for socket in [client, other] { shutdown(socket, Int32(SHUT_RDWR)) }
        guard open.subtract(1, ordering: .relaxed).newValue == 0 else { return }
        state.withLock { $0.sockets.subtract([client, other]) }
        close(client)
        close(other)
      }
      Thread.detachNewThread { [self] in
        pass(client, other, isCounted: side == .popsec, hasStart: true)
        finish()
      }
      Thread.detachNewThread { [self] in
        pass(other, client, isCounted: side == .server, hasStart: false)
        finish()
      }
    }
  }

  /// Passes messages on until one side ends or the cut is there. What was sent before the cut arrives.
  ///
  /// - Parameter hasStart: whether the first message has no type, as the one that begins a connection.
  private func pass(_ from: Int32, _ to: Int32, isCounted: Bool, hasStart: Bool) {
    var isStart = hasStart
    while let head = Self.read(from, isStart ? 4 : 5) {
      let length = head.suffix(4).reduce(0) { $0 << 8 | Int($1) }
      isStart = false
      guard let body = Self.read(from, length - 4), Self.write(to, head + body) else { return }
      guard isCounted else { continue }
      let isNow = state.withLock { state in
        guard let left = state.left else { return false }
        state.left = left > 1 ? left - 1 : nil
        if left <= 1 { state.isCut = true }
        return left <= 1
      }
      if isNow { return }
    }
  }

  private static func read(_ socket: Int32, _ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = bytes.withUnsafeMutableBytes {
        Glibc.read(socket, $0.baseAddress.map { $0 + done }, count - done)
      }
      guard got > 0 else { return nil }
      done += got
    }
    return bytes
  }

  private static func write(_ socket: Int32, _ bytes: [UInt8]) -> Bool {
    var done = 0
    while done < bytes.count {
      let put = bytes.withUnsafeBytes {
        send(socket, $0.baseAddress.map { $0 + done }, bytes.count - done, Int32(MSG_NOSIGNAL))
      }
      guard put > 0 else { return false }
      done += put
    }
    return true
  }
}
