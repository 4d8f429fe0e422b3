import Gate
import Glibc
import Testing

@Suite struct ConnectionBoundTests {
  @Test(
    "the gate takes only as many connections as leave room for its own files",
    arguments: [(64, 2, 16), (1_024, 2, 976), (20_000, 2, 8_192), (16, 256, 1), (Int.max, 1, 8_192)])
  func bound(descriptors: Int, threads: Int, connections: Int) {
    #expect(ConnectionBound.connections(descriptors: descriptors, threads: threads) == connections)
  }

  @Test(
    "a gate leaves half the cores to the proxy, and works on all where it waits for a database",
    arguments: [(1, false, 1), (2, false, 1), (3, false, 1), (8, false, 4), (1, true, 1), (2, true, 2)])
  func threads(cores: Int, waitsForDatabase: Bool, threads: Int) {
    #expect(GateServer.threads(cores: cores, waitsForDatabase: waitsForDatabase) == threads)
  }

  @Test(
    "each failure of accept has a meaning",
    arguments: [
      (EAGAIN, AcceptProblem.nobody), (ECONNABORTED, .oneConnection), (EINTR, .oneConnection),
      (EMFILE, .shortage), (ENFILE, .shortage), (ENOBUFS, .shortage), (ENOMEM, .shortage), (EBADF, .shortage),
    ])
  func problem(code: Int32, problem: AcceptProblem) { #expect(AcceptProblem(code) == problem) }

  @Test("waiting connections are reported once a minute, and room is made once a second")
  func pause() {
    var pause = AcceptPause()
    let told = [100, 101, 159, 160, 219, 220].filter { pause.mayTell(at: $0) }
    #expect(told == [100, 160, 220])
    #expect([100, 100, 101, 101, 105].map { pause.mayMakeRoom(at: $0) } == [true, false, true, false, true])
  }
}
