internal import NIOCore

/// Ends a connection whose head is too large, before the head is parsed. Bytes are counted from the end of
/// the last whole request.
final class ByteBudget: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private var spent = 0
  /// The limit, which is raised while a body comes. The next handler limits the body.
  var limit = Bounds.headBytes

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    spent += unwrapInboundIn(data).readableBytes
    guard spent <= limit else { return context.close(promise: nil) }
    context.fireChannelRead(data)
  }

  var hasSpent: Bool { spent > 0 }

  func requestEnded() { (spent, limit) = (0, Bounds.headBytes) }
}
