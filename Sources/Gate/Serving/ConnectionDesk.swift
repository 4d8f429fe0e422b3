internal import NIOCore
internal import Synchronization

/// The connections of one thread, and who answers them.
final class ConnectionDesk {
  let worker: GateWorker
  private let house: GateHouse
  private var open: [ObjectIdentifier: any Channel] = [:]
  private(set) var isDraining = false
  private var dateLine = DateLine()

  init(_ worker: GateWorker, _ house: GateHouse) {
    self.worker = worker
    self.house = house
  }

  func answer(_ raw: RawRequest) -> Answer { worker.answer(raw, metricsText: { house.metricsText }) }

  /// The value of `Date` now.
  var date: String { dateLine.text(at: worker.now) }

  func opened(_ channel: any Channel) {
    open[ObjectIdentifier(channel)] = channel
    let count = house.connections.add(1, ordering: .relaxed).newValue
    if isDraining || count > Bounds.connections { channel.close(promise: nil) }
  }

  func closed(_ channel: any Channel) {
    if open.removeValue(forKey: ObjectIdentifier(channel)) != nil {
      house.connections.subtract(1, ordering: .relaxed)
    }
  }

  /// From now on each connection ends with the request that it is at; those without one end at once.
  func drain() {
    isDraining = true
    for channel in open.values { channel.pipeline.fireUserInboundEventTriggered(DrainEvent()) }
  }

  var isEmpty: Bool { open.isEmpty }
}

/// A connection that is between two requests is to end.
struct DrainEvent: Sendable {}

/// What all threads of a gate share of serving.
final class GateHouse: Sendable {
  let connections = Atomic<Int>(0)
  private let metrics: [WorkerMetrics]
  private let recorder: Recorder

  init(_ metrics: [WorkerMetrics], _ recorder: Recorder) {
    self.metrics = metrics
    self.recorder = recorder
  }

  var metricsText: String {
    MetricsText(
      workers: metrics, recorder: recorder, connections: connections.load(ordering: .relaxed)
    ).text
  }
}
