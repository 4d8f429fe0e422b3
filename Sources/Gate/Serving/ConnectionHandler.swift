internal import Access
internal import NIOCore
internal import NIOHTTP1

/// One connection: gathers a request, gets the answer, and watches the time.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = ByteBuffer

  private let desk: ConnectionDesk
  private let lane: AnswerLane
  private let budget: ByteBudget
  private let peer: Peer
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var isTooLarge = false
  /// Whether the last answer was given. What comes after it is ignored.
  private var isEnding = false
  private var clock: RepeatedTask?

  init(_ desk: ConnectionDesk, _ lane: AnswerLane, _ budget: ByteBudget, peer: Peer) {
    self.desk = desk
    self.lane = lane
    self.budget = budget
    self.peer = peer
  }

  func channelActive(context: ChannelHandlerContext) {
    desk.opened(context.channel)
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    clock = context.eventLoop.scheduleRepeatedTask(
      initialDelay: .seconds(Bounds.requestSeconds), delay: .seconds(5)
    ) { _ in
      let (handler, context) = bound.value
      handler.checkClock(context)
    }
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    clock?.cancel()
    desk.closed(context.channel)
    context.fireChannelInactive()
  }

  /// Checks the time. A request that comes in very slowly is given up, like one that stops.
  private func checkClock(_ context: ChannelHandlerContext) {
    let isReading = head != nil || budget.hasSpent
    let limit = isReading ? Bounds.requestSeconds : Bounds.idleSeconds
    if lane.since + .seconds(limit) < .now() { context.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isEnding else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      lane.since = .now()
      (body, isTooLarge) = ([], false)
      budget.limit = Bounds.headBytes + 2 * Bounds.bodyBytes
      meet(ContinueExpectation(head), of: head, context)
    case .body(let part):
      if body.count + part.readableBytes > Bounds.bodyBytes { isTooLarge = true }
      if !isTooLarge { body += part.readableBytesView }
    case .end:
      guard let head else { return }
      self.head = nil
      budget.requestEnded()
      answer(head, context)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard let end = event as? IdleEnd else { return context.fireUserInboundEventTriggered(event) }
    let isSilent = lane.since + .seconds(end.silentSeconds) <= .now()
    if isSilent, head == nil, !budget.hasSpent { context.close(promise: nil) }
  }

  /// Answers input that is not HTTP, and ends the connection.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // The last answer may still be on its way, and the connection ends after it.
    guard !isEnding else { return }
    guard error is HTTPParserError else { return context.close(promise: nil) }
    let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
    write(Answer(status: 400), to: head, stays: false, context)
  }

  /// Answers a client that holds back the body until it is asked for it.
  private func meet(
    _ expectation: ContinueExpectation, of head: HTTPRequestHead, _ context: ChannelHandlerContext
  ) {
    switch expectation {
    case .nothing: break
    case .body:
      send(AnswerText.continuation, nil, context)
    case .tooLargeBody:
      isTooLarge = true
      answer(head, context)
    }
  }

  private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let raw = RawRequest(
      method: head.method.rawValue, target: head.uri, headers: head.headers, body: body, peer: peer)
    body = []
    let answer = isTooLarge ? desk.worker.refuse(raw, .tooLarge) : desk.answer(raw)
    let stays = head.isKeepAlive && desk.mayStay && !isTooLarge
    let hasBody =
      head.headers.contains(name: "Transfer-Encoding")
      || head.headers["Content-Length"].contains { $0 != "0" }
    let text = write(answer, to: head, stays: stays, context)
    guard stays, let key = lane.answered(hadBody: hasBody), head.version == .http1_1, let text else { return }
    desk.worker.keep(text.rest, of: answer, as: key)
  }

  /// Writes an answer, and returns its text; nil where it has none, and the connection is closed.
  @discardableResult
  private func write(
    _ answer: Answer, to head: HTTPRequestHead, stays: Bool, _ context: ChannelHandlerContext
  ) -> AnswerText? {
    isEnding = !stays
    lane.since = .now()
    let ending: AnswerText.Ending = !stays ? .closes : head.version == .http1_0 ? .staysAsAsked : .stays
    let text = AnswerText(
      answer, date: desk.date, version: head.version, ending: ending, isHead: head.method == .HEAD)
    guard let text else {
      context.close(promise: nil)
      return nil
    }
    let done: EventLoopPromise<Void>? = stays ? nil : context.eventLoop.makePromise()
    let channel = NIOLoopBound(context, eventLoop: context.eventLoop)
    done?.futureResult.whenComplete { _ in channel.value.close(promise: nil) }
    send(text.bytes, done, context)
    return text
  }

  private func send(_ bytes: [UInt8], _ done: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: done)
  }
}
