import ArgumentParser
import Foundation
import Glibc
import Synchronization

/// Passes on what it gets, each piece after a delay, as a longer wire does. Many pieces may be on their way at once.
struct RelayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relay", abstract: "Stand for a wire to another host: pass bytes on after a delay.")

  @Option(help: ArgumentHelp("The port of 127.0.0.1 on which it listens.", valueName: "port"))
  var listen: UInt16

  @Option(help: ArgumentHelp("The Unix socket of the server.", valueName: "path"))
  var to: String

  @Option(help: ArgumentHelp("The delay of each direction, half of a round trip.", valueName: "microseconds"))
  var delay: Int

  func run() throws {
    signal(SIGPIPE, SIG_IGN)
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var yes: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = listen.bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isBound, Glibc.listen(listener, 128) == 0 else { throw Failure("can't listen at port \(listen)") }
    while true {
      let client = accept(listener, nil, nil)
      guard client >= 0, let server = connect() else { continue }
      setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
      Wire(from: client, to: server, nanoseconds: UInt64(delay) * 1_000).start()
      Wire(from: server, to: client, nanoseconds: UInt64(delay) * 1_000).start()
    }
  }

  private func connect() -> Int32? {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(to.utf8) + [0]) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    return isConnected ? descriptor : nil
  }
}

/// One direction of a connection: a thread reads, and another one writes when the time has come.
private final class Wire: Sendable {
  private struct Piece {
    let due: UInt64
    let bytes: [UInt8]
  }

  private let from: Int32
  private let to: Int32
  private let nanoseconds: UInt64
  private let pieces = Mutex<[Piece]>([])
  private let arrived = DispatchSemaphore(value: 0)

  init(from: Int32, to: Int32, nanoseconds: UInt64) {
    (self.from, self.to, self.nanoseconds) = (from, to, nanoseconds)
  }

  func start() {
    Thread.detachNewThread { self.read() }
    Thread.detachNewThread { self.write() }
  }

  private static var now: UInt64 { DispatchTime.now().uptimeNanoseconds }

  private func read() {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(from, &buffer, buffer.count)
      let piece = Piece(due: Self.now + nanoseconds, bytes: Array(buffer.prefix(max(count, 0))))
      pieces.withLock { $0.append(piece) }
      arrived.signal()
      // An empty piece is the end.
      if count <= 0 { return }
    }
  }

  private func write() {
    while true {
      arrived.wait()
      let piece = pieces.withLock { $0.removeFirst() }
      wait(until: piece.due)
      if piece.bytes.isEmpty {
        shutdown(to, Int32(SHUT_WR))
        return
      }
      _ = piece.bytes.withUnsafeBytes { Glibc.write(to, $0.baseAddress, $0.count) }
    }
  }

  private func wait(until due: UInt64) {
    var time = timespec(tv_sec: Int(due / 1_000_000_000), tv_nsec: Int(due % 1_000_000_000))
    clock_nanosleep(CLOCK_MONOTONIC, Int32(TIMER_ABSTIME), &time, nil)
  }
}
