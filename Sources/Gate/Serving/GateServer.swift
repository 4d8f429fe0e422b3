package import Access
package import Administration
internal import NIOCore
private import NIOHTTP1
internal import NIOPosix
private import Glibc

/// The gate as a server: so many threads, each with its own connections and its own reader of the store.
package final class GateServer: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let desks: [NIOLoopBound<ConnectionDesk>]
  private let listener: any Channel
  private let shared: GateShared

  /// Listens, and returns. `makeEnforcer` is called once for each thread, on it.
  ///
  /// Errors: those of binding.
  package init(
    _ address: ListenAddress, threads: Int, shared: GateShared,
    makeEnforcer: @escaping @Sendable () -> Enforcer
  ) throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
    let loops = Array(group.makeIterator())
    let metrics = loops.map { _ in WorkerMetrics() }
    let house = GateHouse(metrics, shared.recorder)
    do {
      desks = try zip(loops, metrics).map { loop, metrics in
        try loop.submit {
          let worker = GateWorker(makeEnforcer(), shared, metrics: metrics)
          return NIOLoopBound(ConnectionDesk(worker, house), eventLoop: loop)
        }.wait()
      }
      listener = try Self.listen(address, group, desks)
    } catch {
      try? group.syncShutdownGracefully()
      throw error
    }
    self.group = group
    self.shared = shared
    for desk in desks { Self.handOverRegularly(desk) }
  }

  /// Where it listens; of port 0 the one that was found.
  package var address: ListenAddress? {
    switch listener.localAddress {
    case .unixDomainSocket?: listener.localAddress?.pathname.map { .unix(path: $0) }
    case let address?:
      address.ipAddress.flatMap { host in address.port.map { .tcp(host: host, port: $0) } }
    case nil: nil
    }
  }

  private static func listen(
    _ address: ListenAddress, _ group: MultiThreadedEventLoopGroup, _ desks: [NIOLoopBound<ConnectionDesk>]
  ) throws -> any Channel {
    let byLoop = Dictionary(uniqueKeysWithValues: zip(group.makeIterator().map(ObjectIdentifier.init), desks))
    var isUnix = false
    if case .unix = address { isUnix = true }
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1_024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.maxMessagesPerRead, value: 16)
      .childChannelInitializer { [isUnix] channel in
        channel.eventLoop.makeCompletedFuture {
          guard let desk = byLoop[ObjectIdentifier(channel.eventLoop)]?.value else { return }
          let budget = ByteBudget()
          try channel.pipeline.syncOperations.addHandler(budget)
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(
            withPipeliningAssistance: false, withErrorHandling: false)
          try channel.pipeline.syncOperations.addHandler(
            ConnectionHandler(desk, budget, peer: isUnix ? .unixSocket : Peer(channel.remoteAddress)))
        }
      }
    switch address {
    case .tcp(let host, let port): return try bootstrap.bind(host: host, port: port).wait()
    case .unix(let path): return try bootstrap.bind(unixDomainSocketPath: path).wait()
    }
  }

  private static func handOverRegularly(_ desk: NIOLoopBound<ConnectionDesk>) {
    desk.eventLoop.execute {
      desk.eventLoop.scheduleRepeatedTask(
        initialDelay: .seconds(Int64(Recorder.intervalSeconds)),
        delay: .seconds(Int64(Recorder.intervalSeconds))
      ) { _ in desk.value.worker.handOver() }
    }
  }

  /// Takes no more connections, lets those that there are end with their answer, and writes what was
  /// gathered.
  package func stop(now: Timestamp) {
    try? listener.close().wait()
    for desk in desks { desk.eventLoop.execute { desk.value.drain() } }
    let deadline = NIODeadline.now() + .seconds(Bounds.drainSeconds)
    while NIODeadline.now() < deadline, !isEmpty { usleep(10_000) }
    for desk in desks { try? desk.eventLoop.submit { desk.value.worker.handOver() }.wait() }
    shared.recorder.finish(now: now)
    try? group.syncShutdownGracefully()
  }

  private var isEmpty: Bool {
    desks.allSatisfy { desk in (try? desk.eventLoop.submit { desk.value.isEmpty }.wait()) ?? true }
  }
}

extension Peer {
  fileprivate init(_ address: SocketAddress?) {
    self = address?.ipAddress.flatMap { IPAddress($0) }.map { .address($0) } ?? .unknown
  }
}
