import Foundation
import Glibc
import TestSupport
import Testing

@Suite struct CrashTests {
  @Test(
    "a crash prints nothing of what was in memory",
    arguments: [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT])
  func isSilent(signal: Int32) throws {
    let program = try Program.initialized()
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { for end in ends { close(end) } }
    let running = try program.start(
      ["token", "whois"], environment: ["SWIFT_BACKTRACE": "enable=yes,color=no"], standardInput: ends[0])
    // After it read this text, the program waits for more, with a secret in its memory.
    let secret = Array("pst_".utf8)
    try #require(write(ends[1], secret, secret.count) == secret.count)
    try eventually("the secret to be taken") {
      var waiting: Int32 = 1
      return ioctl(ends[0], UInt(FIONREAD), &waiting) != 0 || waiting == 0
    }
    running.kill(signal)
    let outcome = try running.wait()
    #expect(outcome.signal == signal)
    #expect(outcome.errors == "")
    #expect(outcome.output == "")
  }
}
