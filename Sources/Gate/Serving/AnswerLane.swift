internal import NIOCore

/// The first to see what arrives on one connection. It gives kept answers, and hands on all other requests to those who
/// take requests apart.
///
/// A request waits here until all that has arrived meanwhile was read. Then the store is asked once for all of them
/// whether it changed: whatever was committed before a request arrived applies to the request.
final class AnswerLane: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum Course {
    /// The connection is between two requests.
    case idle
    /// One whole request waits.
    case waiting(ByteBuffer, AnswerKey, ChannelHandlerContext)
    /// What arrived was handed on, and is not answered yet.
    case handedOn(HeadEnd, AnswerKey?)
  }

  private let desk: ConnectionDesk
  /// Whether the peer is believed. Only then is an answer the same for all that ask the same.
  private let isTrusted: Bool
  private var course = Course.idle
  /// The time at which the present request began, or the last one ended.
  var since: NIODeadline = .now()

  init(_ desk: ConnectionDesk, peer: Peer) {
    self.desk = desk
    isTrusted = desk.worker.shared.trusted.includes(peer)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    // Answers go out in the order of the requests.
    if isWaiting { desk.answerWaiting() }
    let buffer = unwrapInboundIn(data)
    guard case .idle = course, isTrusted, desk.mayStay, let key = desk.key(of: buffer) else {
      return handOn(buffer, nil, context)
    }
    course = .waiting(buffer, key, context)
    desk.wait(self, on: context.eventLoop)
  }

  /// Gives the waiting request its kept answer, or hands it on. Returns whether there was one.
  func answer(_ kept: (AnswerKey) -> ByteBuffer?) -> Bool {
    guard case .waiting(let buffer, let key, let context) = course else { return true }
    guard let answer = kept(key) else {
      course = .idle
      handOn(buffer, key, context)
      return false
    }
    course = .idle
    since = .now()
    context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
    return true
  }

  private func handOn(_ buffer: ByteBuffer, _ key: AnswerKey?, _ context: ChannelHandlerContext) {
    if case .handedOn(var end, let known) = course {
      end.take(buffer.readableBytesView)
      course = .handedOn(end, known)
    } else {
      var end = HeadEnd()
      end.take(buffer.readableBytesView)
      course = .handedOn(end, key)
    }
    context.fireChannelRead(wrapInboundOut(buffer))
  }

  /// Notes that what was handed on got an answer, after which the connection stays open. Where something is left over of
  /// it, or may be, all that follows is handed on, too. Returns the key under which the answer may be kept.
  ///
  /// - Parameter hadBody: whether the request had a body, or may have had one.
  func answered(hadBody: Bool) -> AnswerKey? {
    since = .now()
    guard case .handedOn(let end, let key) = course, end.isLast, !hadBody else { return nil }
    course = .idle
    return key
  }

  private var isWaiting: Bool { if case .waiting = course { true } else { false } }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if isWaiting { desk.answerWaiting() }
    // A client may end its side as soon as it has asked.
    if case ChannelEvent.inputClosed? = event as? ChannelEvent { return context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    if isWaiting { course = .idle }
    context.fireChannelInactive()
  }
}

/// Finds the end of a request's head in what arrives piece by piece: the first empty line (RFC 9112, section 2.1).
struct HeadEnd {
  private static let line = Array("\r\n\r\n".utf8)
  /// How many bytes of the empty line the last bytes were.
  private var matched = 0
  private var isBeyond = false

  /// Whether what arrived ends with the first empty line, and nothing follows it.
  var isLast: Bool { matched == Self.line.count && !isBeyond }

  mutating func take(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      if matched == Self.line.count {
        isBeyond = true
        return
      }
      if byte == Self.line[matched] { matched += 1 } else { matched = byte == Self.line[0] ? 1 : 0 }
    }
  }
}
