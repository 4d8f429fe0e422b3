internal import Access
internal import NIOCore
internal import NIOHTTP1

/// One connection: gathers a request, gets the answer, and watches the time.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let desk: ConnectionDesk
  private let budget: ByteBudget
  private let peer: Peer
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var isTooLarge = false
  /// Whether the last answer was given. What comes after it is ignored.
  private var isEnding = false
  /// The time at which the present request began, or the last one ended.
  private var since: NIODeadline = .now()
  private var clock: RepeatedTask?

  init(_ desk: ConnectionDesk, _ budget: ByteBudget, peer: Peer) {
    self.desk = desk
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
    if since + .seconds(limit) < .now() { context.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isEnding else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      since = .now()
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
    let isSilent = since + .seconds(end.silentSeconds) <= .now()
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
      let response = HTTPResponseHead(version: .http1_1, status: .continue)
      context.writeAndFlush(wrapOutboundOut(.head(response)), promise: nil)
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
    write(answer, to: head, stays: stays, context)
    since = .now()
  }

  private func write(
    _ answer: Answer, to head: HTTPRequestHead, stays: Bool, _ context: ChannelHandlerContext
  ) {
    var headers = HTTPHeaders(answer.headers)
    headers.add(name: "Date", value: desk.date)
    headers.add(name: "Content-Length", value: String(answer.body.utf8.count))
    isEnding = !stays
    if !stays { headers.add(name: "Connection", value: "close") }
    if stays, head.version == .http1_0 { headers.add(name: "Connection", value: "keep-alive") }
    let response = HTTPResponseHead(
      version: head.version, status: HTTPResponseStatus(statusCode: answer.status), headers: headers)
    context.write(wrapOutboundOut(.head(response)), promise: nil)
    if !answer.body.isEmpty, head.method != .HEAD {
      let buffer = context.channel.allocator.buffer(string: answer.body)
      context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
    }
    let channel = NIOLoopBound(context, eventLoop: context.eventLoop)
    let done: EventLoopPromise<Void>? = stays ? nil : context.eventLoop.makePromise()
    done?.futureResult.whenComplete { _ in channel.value.close(promise: nil) }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: done)
  }
}
