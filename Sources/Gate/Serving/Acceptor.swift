private import Foundation
private import Glibc
internal import Synchronization

/// Accepts connections on a thread of its own while there is room for them. Other clients wait in the
/// socket's queue.
final class Acceptor: Sendable {
  private let sockets: [ListeningSocket]
  private let house: GateHouse
  private let log: GateLog
  /// Takes a connection over; `isUnix` says whether it came by a Unix socket.
  private let take: @Sendable (_ descriptor: Int32, _ isUnix: Bool) -> Void
  /// Makes room; it is called while there is none, at most once a second.
  private let makeRoom: @Sendable () -> Void
  private let isFinishing = Atomic<Bool>(false)
  private let ended = DispatchSemaphore(value: 0)

  /// The time between two tries where descriptors are short, because nothing reports when others in the
  /// system are closed.
  private static let shortageMilliseconds: Int32 = 100
  private static let roomMilliseconds: Int32 = 1_000
  /// The time after which the queue counts as empty if no client came.
  private static let quietMilliseconds: Int32 = 20
  private static let acceptedAtOnce = 64

  init(
    _ sockets: [ListeningSocket], _ house: GateHouse, _ log: GateLog,
    take: @escaping @Sendable (_ descriptor: Int32, _ isUnix: Bool) -> Void,
    makeRoom: @escaping @Sendable () -> Void
  ) {
    (self.sockets, self.house, self.log) = (sockets, house, log)
    (self.take, self.makeRoom) = (take, makeRoom)
  }

  func start() { Thread.detachNewThread { self.run() } }

  /// Accepts the clients who already wait at a socket that belongs only to the gate, and no more. Returns
  /// when that is done.
  func finish() {
    isFinishing.store(true, ordering: .sequentiallyConsistent)
    house.room.wake()
    ended.wait()
  }

  private func run() {
    var pause = AcceptPause()
    while !isFinishing.load(ordering: .sequentiallyConsistent) { step(&pause, sockets, quiet: nil) }
    drain(&pause)
    for socket in sockets { socket.close() }
    ended.signal()
  }

  private func drain(_ pause: inout AcceptPause) {
    let own = sockets.filter { !$0.isShared }
    guard !own.isEmpty else { return }
    let deadline = DispatchTime.now() + .seconds(Bounds.acceptDrainSeconds)
    while DispatchTime.now() < deadline, step(&pause, own, quiet: Self.quietMilliseconds) {}
  }

  /// Waits for connections and accepts them. Returns false where there was room, but nobody came for `quiet`
  /// milliseconds.
  @discardableResult
  private func step(_ pause: inout AcceptPause, _ sockets: [ListeningSocket], quiet: Int32?) -> Bool {
    let isFull = !house.room.hasRoom()
    if isFull { tell(&pause, ["cause": "as many connections as may be are open"]) }
    if isFull, pause.mayMakeRoom(at: Self.seconds) { makeRoom() }
    let mayAccept = !isFull && !pause.isShort
    var waiting = [pollfd(fd: house.room.wakeDescriptor, events: Int16(POLLIN), revents: 0)]
    if mayAccept { waiting += sockets.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) } }
    let bound = pause.isShort ? Self.shortageMilliseconds : isFull ? Self.roomMilliseconds : -1
    let ready = poll(&waiting, nfds_t(waiting.count), mayAccept ? quiet ?? bound : bound)
    house.room.calm()
    pause.isShort = false
    guard mayAccept else { return true }
    for (socket, entry) in zip(sockets, waiting.dropFirst()) where entry.revents != 0 {
      accept(socket, &pause)
    }
    return ready != 0
  }

  private func accept(_ socket: ListeningSocket, _ pause: inout AcceptPause) {
    for _ in 0..<Self.acceptedAtOnce where house.room.hasRoom() {
      let descriptor = Glibc.accept(socket.descriptor, nil, nil)
      let code = errno
      if descriptor >= 0 {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        house.room.enter()
        take(descriptor, socket.isUnix)
        continue
      }
      switch AcceptProblem(code) {
      case .nobody: return
      case .oneConnection: continue
      case .shortage:
        pause.isShort = true
        return tell(&pause, ["cause": String(cString: strerror(code)).lowercased()])
      }
    }
  }

  private func tell(_ pause: inout AcceptPause, _ cause: [String: String]) {
    guard pause.mayTell(at: Self.seconds) else { return }
    house.room.countPause()
    let open = ["connections": String(house.room.count), "bound": String(house.room.bound)]
    log.write(.error, "connections wait to be accepted", cause.merging(open) { $1 })
  }

  private static var seconds: Int { Int(DispatchTime.now().uptimeNanoseconds / 1_000_000_000) }
}

extension ListeningSocket {
  var isUnix: Bool { if case .unix = address { true } else { false } }
}
