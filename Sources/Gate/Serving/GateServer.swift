package import Access
package import Administration
internal import NIOCore
private import NIOHTTP1
internal import NIOPosix
private import Dispatch
private import Glibc
private import Synchronization

/// The gate as a server. Each of its threads has its own connections and its own reader of the store.
package final class GateServer: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let desks: [NIOLoopBound<ConnectionDesk>]
  private let house: GateHouse
  private let acceptor: Acceptor
  private let shared: GateShared

  /// The number of threads that suits most machines, at least one. The proxy that asks works on the same cores: on two cores,
  /// two threads answer a sixth fewer requests than one, and answer later. A thread that waits for a database leaves its core to others.
  package static func threads(cores: Int, waitsForDatabase: Bool) -> Int {
    max(1, waitsForDatabase ? cores : cores / 2)
  }

  /// Answers at these sockets from now on. The server closes the sockets. `makeEnforcer` is called once on
  /// each thread.
  ///
  /// Errors: the errors of opening what threads need.
  package init(
    _ sockets: [ListeningSocket], threads: Int, connections: Int, shared: GateShared,
    makeEnforcer: @escaping @Sendable () -> Enforcer
  ) throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
    do {
      let loops = Array(group.makeIterator())
      let metrics = loops.map { _ in WorkerMetrics() }
      let house = GateHouse(metrics, shared, try ConnectionRoom(bound: connections))
      let desks = try zip(loops, metrics).map { loop, metrics in
        try loop.submit {
          let worker = GateWorker(makeEnforcer(), shared, metrics: metrics)
          return NIOLoopBound(ConnectionDesk(worker, house), eventLoop: loop)
        }.wait()
      }
      let hands = ConnectionHands(desks, house)
      acceptor = Acceptor(sockets, house, shared.log, take: { hands.take($0, isUnix: $1) }) {
        for desk in desks {
          desk.eventLoop.execute { desk.value.endIdle(silentSeconds: Bounds.graceSeconds) }
        }
      }
      (self.desks, self.house) = (desks, house)
      for desk in desks {
        try desk.eventLoop.submit { desk.value.worker.rehearse() }.wait()
        try Rehearsal.connect { descriptor in
          house.room.enter()
          hands.take(descriptor, isUnix: true)
        }
      }
    } catch {
      try? group.syncShutdownGracefully()
      throw error
    }
    self.group = group
    self.shared = shared
    for desk in desks { Self.workRegularly(desk) }
    acceptor.start()
  }

  private static func workRegularly(_ desk: NIOLoopBound<ConnectionDesk>) {
    desk.eventLoop.execute {
      if desk.value.isDistant {
        desk.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
          desk.value.worker.keepUp()
        }
      }
      desk.eventLoop.scheduleRepeatedTask(
        initialDelay: .seconds(Int64(Recorder.intervalSeconds)),
        delay: .seconds(Int64(Recorder.intervalSeconds))
      ) { _ in desk.value.worker.handOver() }
    }
  }

  /// Accepts the clients who already wait at the sockets, lets connections end with their answer, and writes
  /// what was gathered. Before this call, the sockets' addresses must lead new clients to other sockets, or
  /// to none.
  package func stop(now: Timestamp) {
    acceptor.finish()
    for desk in desks { desk.eventLoop.execute { desk.value.drain() } }
    // A client that is about to send a request is still answered, but nobody waits for a silent one.
    wait(seconds: Bounds.graceSeconds)
    for desk in desks { desk.eventLoop.execute { desk.value.endIdle(silentSeconds: 0) } }
    wait(seconds: Bounds.drainSeconds)
    for desk in desks { try? desk.eventLoop.submit { desk.value.worker.handOver() }.wait() }
    shared.handOverKept(all: true, now: now)
    shared.recorder.finish(now: now)
    try? group.syncShutdownGracefully()
  }

  /// Whether each thread finds time for something new within these microseconds.
  package func answers(withinMicroseconds limit: Int) -> Bool {
    let answered = DispatchSemaphore(value: 0)
    for desk in desks { desk.eventLoop.execute { answered.signal() } }
    let deadline = DispatchTime.now() + .microseconds(limit)
    return desks.allSatisfy { _ in answered.wait(timeout: deadline) == .success }
  }

  private func wait(seconds: Int64) {
    let deadline = NIODeadline.now() + .seconds(seconds)
    while NIODeadline.now() < deadline, house.room.count > 0 { usleep(10_000) }
  }
}

/// Distributes accepted connections among the threads, one after another.
private final class ConnectionHands: Sendable {
  private let desks: [NIOLoopBound<ConnectionDesk>]
  private let house: GateHouse
  private let next = Mutex(0)

  init(_ desks: [NIOLoopBound<ConnectionDesk>], _ house: GateHouse) {
    (self.desks, self.house) = (desks, house)
  }

  func take(_ descriptor: Int32, isUnix: Bool) {
    let index = next.withLock { next in
      next = (next + 1) % desks.count
      return next
    }
    let (desk, house) = (desks[index], house)
    let accepted = ClientBootstrap(group: desk.eventLoop)
      .channelOption(.maxMessagesPerRead, value: 16)
      // A client that has ended its side is answered nevertheless.
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelInitializer { channel in
        channel.closeFuture.whenComplete { _ in house.room.leave() }
        return channel.eventLoop.makeCompletedFuture {
          let peer = isUnix ? Peer.unixSocket : Peer(channel.remoteAddress)
          let (lane, budget) = (AnswerLane(desk.value, peer: peer), ByteBudget())
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(lane)
          try pipeline.addHandler(budget)
          // What comes after a request to change the protocol is no concern of the gate's.
          try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
          try pipeline.addHandler(ConnectionHandler(desk.value, lane, budget, peer: peer))
        }
      }
      .withConnectedSocket(descriptor)
    accepted.whenFailure { _ in }
  }
}

extension Peer {
  fileprivate init(_ address: SocketAddress?) {
    self = address?.ipAddress.flatMap { IPAddress($0) }.map { .address($0) } ?? .unknown
  }
}
