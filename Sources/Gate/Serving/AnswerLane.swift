internal import NIOCore

/// The first to see what arrives on one connection. It gives kept answers, and hands on all other requests to those who
/// take requests apart.
///
/// A request waits here until all that has arrived meanwhile was read. Then the store is asked once for all of them
/// whether it changed: whatever was committed before a request arrived applies to the request. Where the store is on
/// another machine, whatever arrives waits for that answer, and all that comes meanwhile waits for the next one.
final class AnswerLane: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum Course {
    /// The connection is between two requests.
    case idle
    /// What arrived was handed on, and is not answered yet.
    case handedOn(HeadEnd, AnswerKey?)
  }

  private struct Waiting {
    let buffer: ByteBuffer
    /// The key of one whole request; nil for everything else.
    let key: AnswerKey?
    let context: ChannelHandlerContext
    /// What arrived since.
    var later: ByteBuffer?
    /// Whether the client has ended its side since.
    var isEnded = false
  }

  private let desk: ConnectionDesk
  /// Whether the peer is believed. Only then is an answer the same for all that ask the same.
  private let isTrusted: Bool
  private var course = Course.idle
  private var waiting: Waiting?
  /// The time at which the present request began, or the last one ended.
  var since: NIODeadline = .now()

  init(_ desk: ConnectionDesk, peer: Peer) {
    self.desk = desk
    isTrusted = desk.worker.shared.trusted.includes(peer)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { take(unwrapInboundIn(data), context) }

  private func take(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
    if waiting != nil {
      if desk.isDistant { return waitBehind(buffer, context) }
      // Answers go out in the order of the requests.
      desk.answerWaiting()
    }
    let key = mayBeKept ? desk.key(of: buffer) : nil
    guard key != nil || desk.isDistant else { return handOn(buffer, nil, context) }
    waiting = Waiting(buffer: buffer, key: key, context: context)
    desk.wait(self, on: context.eventLoop)
  }

  private var mayBeKept: Bool { if case .idle = course { isTrusted && desk.mayStay } else { false } }

  /// A client that sends more than a request may have, without waiting for its answer, is given up.
  private func waitBehind(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
    var later = waiting?.later ?? ByteBuffer()
    later.writeImmutableBuffer(buffer)
    waiting?.later = later
    if later.readableBytes > Bounds.headBytes + 2 * Bounds.bodyBytes { context.close(promise: nil) }
  }

  /// Gives the waiting request its kept answer, or hands it on. Returns whether there was one.
  func answer(_ kept: (AnswerKey) -> ByteBuffer?) -> Bool {
    guard let waited = waiting else { return true }
    waiting = nil
    defer { goOn(after: waited) }
    guard let answer = waited.key.flatMap(kept) else {
      handOn(waited.buffer, waited.key, waited.context)
      return false
    }
    since = .now()
    waited.context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
    return true
  }

  private func goOn(after waited: Waiting) {
    if let later = waited.later { take(later, waited.context) }
    guard waited.isEnded else { return }
    if waiting == nil { waited.context.close(promise: nil) } else { waiting?.isEnded = true }
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

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    // A client may end its side as soon as it has asked.
    let isEnd = if case ChannelEvent.inputClosed? = event as? ChannelEvent { true } else { false }
    if waiting != nil, desk.isDistant {
      // Whoever waits for an answer is not silent.
      if isEnd { waiting?.isEnded = true }
      return
    }
    if waiting != nil { desk.answerWaiting() }
    if isEnd { return context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    waiting = nil
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
