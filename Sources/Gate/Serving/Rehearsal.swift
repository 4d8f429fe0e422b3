internal import Access
private import Glibc
private import NIOHTTP1

/// Has a gate's threads answer once, one after the other, before anybody asks.
///
/// Swift makes generic types when they are used first. Where two threads make the same ones at one time, the runtime of
/// Swift 6.3 now and then reads a type that is not made to its end, and the process dies of it (SIGSEGV in
/// `swift_checkMetadataState`, for the decoder of HTTP on two new connections). After a rehearsal the types are there.
enum Rehearsal {
  private static let request = "GET /healthz HTTP/1.1\r\nHost: gate\r\nConnection: close\r\n\r\n"
  /// The time after which the rehearsal of one thread is given up: those who ask must not wait for a slow store.
  private static let seconds = 2

  /// Asks over a connection that has no other end outside this process. `take` gives it to a thread.
  ///
  /// Errors: ``SystemError`` where there is no descriptor left.
  static func connect(_ take: (_ descriptor: Int32) -> Void) throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw SystemError(code: errno)
    }
    defer { close(ends[1]) }
    take(ends[0])
    var patience = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(ends[1], SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    guard send(ends[1], request, request.utf8.count, Int32(MSG_NOSIGNAL)) == request.utf8.count else {
      return
    }
    // What is answered does not matter here. The gate closes the connection after its answer.
    var answer = [UInt8](repeating: 0, count: 4_096)
    while recv(ends[1], &answer, answer.count, 0) > 0 {}
  }
}

extension GateWorker {
  /// Decides a request of nobody's, and records nothing.
  func rehearse() {
    let headers: HTTPHeaders = [
      "X-Forwarded-Method": "GET", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "rehearsal.invalid",
      "X-Forwarded-Uri": "/?token=" + TokenID.generate().revealed,
    ]
    let raw = RawRequest(target: "/auth/forward", headers: headers)
    // Where the request can't be read, there is nothing to rehearse.
    guard let asked = try? Dialect.forward.read(raw, trusting: shared.trusted) else { return }
    _ = judge.decide(asked)
  }
}
