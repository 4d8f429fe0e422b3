internal import NIOCore

/// The connections of one thread, with the worker that answers them.
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

  /// The present value of `Date`.
  var date: String { dateLine.text(at: worker.now) }

  func opened(_ channel: any Channel) { open[ObjectIdentifier(channel)] = channel }

  func closed(_ channel: any Channel) { open.removeValue(forKey: ObjectIdentifier(channel)) }

  /// Makes each connection end with its next answer.
  func drain() { isDraining = true }

  /// Whether a connection may stay open after its answer. Where others wait for room, none may.
  var mayStay: Bool { !isDraining && !house.room.isFull }

  /// Ends the connections that are between two requests and have been silent for this long.
  func endIdle(silentSeconds: Int64) {
    for channel in open.values {
      channel.pipeline.fireUserInboundEventTriggered(IdleEnd(silentSeconds: silentSeconds))
    }
  }
}

/// Asks a connection to end if it is between two requests.
struct IdleEnd: Sendable {
  /// The time for which the connection must have been silent, because a request may already be on its way.
  let silentSeconds: Int64
}

/// What all threads of a gate share for serving.
final class GateHouse: Sendable {
  let room: ConnectionRoom
  private let metrics: [WorkerMetrics]
  private let shared: GateShared

  init(_ metrics: [WorkerMetrics], _ shared: GateShared, _ room: ConnectionRoom) {
    self.metrics = metrics
    self.shared = shared
    self.room = room
  }

  var metricsText: String {
    MetricsText(
      workers: metrics, recorder: shared.recorder, connections: room.count, pauses: room.pauseCount,
      lostLines: shared.log.lostLineCount,
      general: GeneralMetrics(
        program: shared.program, descriptors: .present, endingTokens: shared.figures.endingTokens)
    ).text
  }
}
