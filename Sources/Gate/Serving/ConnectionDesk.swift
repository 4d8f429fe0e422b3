internal import Access
internal import Administration
internal import NIOCore
internal import Store
private import Synchronization

/// The connections of one thread, with the worker that answers them.
final class ConnectionDesk {
  let worker: GateWorker
  private let house: GateHouse
  private var open: [ObjectIdentifier: any Channel] = [:]
  private(set) var isDraining = false
  private var dateLine = DateLine()
  private var keptStart = KeptAnswerStart()
  /// The connections whose request has arrived and is not answered yet.
  private var waiting: [AnswerLane] = []
  /// The list whose memory is used for those who are being answered.
  private var answering: [AnswerLane] = []
  /// The memory in which keys are made.
  private var scratch: [UInt8] = []

  init(_ worker: GateWorker, _ house: GateHouse) {
    self.worker = worker
    self.house = house
  }

  func answer(_ raw: RawRequest) -> Answer { worker.answer(raw, metricsText: { house.metricsText }) }

  /// The present value of `Date`.
  var date: String { dateLine.text(at: worker.now) }

  // MARK: Kept answers

  /// The key of a request; nil where it is not one whole plain head.
  func key(of buffer: ByteBuffer) -> AnswerKey? {
    buffer.withUnsafeReadableBytes { raw in
      let bytes = Span<UInt8>(_unsafeBytes: raw)
      return PlainHead(bytes).map { worker.shared.keyMaker.key(of: $0, bytes, &scratch) }
    }
  }

  /// Whether the store is on another machine. Then every answer has to wait for it.
  var isDistant: Bool { distant != nil }

  private var distant: (any DistantStore)? { worker.shared.standing.distant }

  /// Has a connection answered once everything was read that has arrived by now.
  func wait(_ lane: AnswerLane, on loop: any EventLoop) {
    waiting.append(lane)
    if waiting.count == 1 {
      let desk = NIOLoopBound(self, eventLoop: loop)
      loop.execute { desk.value.answerOrAsk(loop) }
    }
  }

  /// Answers all that wait, or asks the store on another machine once for all of them before.
  private func answerOrAsk(_ loop: any EventLoop) {
    guard let distant else { return answerWaiting() }
    let asked = NIOLoopBound((self, waiting), eventLoop: loop)
    waiting = []
    guard distant.reach == .reached else {
      return loop.execute { asked.value.0.answer(asked.value.1, .cutOff) }
    }
    distant.ask { mark in
      loop.execute {
        let (desk, lanes) = asked.value
        desk.answer(lanes, mark.map { .told($0) } ?? .cutOff)
      }
    }
  }

  /// Answers all that wait, with a store on this machine.
  func answerWaiting() {
    var lanes = answering
    answering = []
    swap(&lanes, &waiting)
    defer {
      lanes.removeAll(keepingCapacity: true)
      answering = lanes
    }
    answer(lanes, .asking)
  }

  /// Answers these connections. A store on this machine is asked once for all of them; the question comes again only after
  /// one of them had to be handed on, since that may have found another state.
  private func answer(_ lanes: [AnswerLane], _ assurance: Enforcer.Assurance) {
    worker.judge.enforcer.assurance = assurance
    defer { worker.judge.enforcer.assurance = .asking }
    let began = worker.shared.microseconds()
    let now = worker.now
    let start = keptStart.bytes(at: now) { date }
    var (isAsked, giving, count, staleCount) = (false, GateWorker.Giving.not, 0, 0)
    for lane in lanes {
      if !isAsked { (isAsked, giving) = (true, mayStay ? worker.giving : .not) }
      let isKept = lane.answer { key in
        if case .not = giving { return nil }
        guard let (answer, id) = worker.kept(key, at: now) else { return nil }
        count += 1
        var buffer = ByteBufferAllocator().buffer(capacity: start.count + 18 + answer.text.count)
        buffer.writeBytes(start)
        buffer.writeString(id.rawValue)
        buffer.writeStaticString("\r\n")
        if case .stale(let seconds) = giving {
          buffer.writeString("\(Answer.staleHeader): \(seconds)\r\n")
          staleCount += 1
        }
        buffer.writeBytes(answer.text)
        return buffer
      }
      if !isKept { isAsked = false }
    }
    if staleCount > 0 { worker.shared.standing.stale.withLock { $0.count(staleCount, at: now) } }
    guard count > 0 else { return }
    worker.metrics.countKept(count, microseconds: Int(worker.shared.microseconds() - began) / count)
  }

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
      lostLines: shared.log.lostLineCount, staleCount: shared.standing.stale.withLock { $0.total },
      general: GeneralMetrics(
        program: shared.program, descriptors: .present, endingTokens: shared.figures.endingTokens)
    ).text
  }
}
