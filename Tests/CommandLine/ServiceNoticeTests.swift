import Glibc
import Testing

@testable import popsec

@Suite struct ServiceNoticeTests {
  @Test("a notice is what sd_notify(3) takes, and a status stays in its line")
  func text() {
    #expect(ServiceNotice.ready(status: "answers\nWATCHDOG=0").text == "READY=1\nSTATUS=answersWATCHDOG=0")
    #expect(ServiceNotice.stopping.text == "STOPPING=1")
    #expect(ServiceNotice.watchdog.text == "WATCHDOG=1")
  }

  @Test(
    "a manager's address is an absolute path, or a name in no folder",
    arguments: [
      ("/run/systemd/notify", Array("/run/systemd/notify\0".utf8)), ("@manager", Array("\0manager".utf8)),
      ("", nil), ("/", nil), ("@", nil), ("run/notify", nil), ("vsock:2:1234", nil),
      (
        "/" + String(repeating: "a", count: 106),
        Array(("/" + String(repeating: "a", count: 106) + "\0").utf8)
      ),
      ("/" + String(repeating: "a", count: 107), nil), ("/run/a\0b", nil),
      ("@" + String(repeating: "a", count: 107), Array(("\0" + String(repeating: "a", count: 107)).utf8)),
      ("@" + String(repeating: "a", count: 108), nil),
    ] as [(String, [UInt8]?)])
  func address(text: String, bytes: [UInt8]?) {
    #expect(NoticeAddress(text)?.bytes == bytes)
  }

  @Test(
    "a watchdog waits for this process alone, and for a time that makes sense",
    arguments: [
      (["WATCHDOG_USEC": "30000000"], 15_000_000),
      (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "7"], 15_000_000),
      (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "8"], nil),
      (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "x"], nil), (["WATCHDOG_PID": "7"], nil), ([:], nil),
      (["WATCHDOG_USEC": "0"], nil), (["WATCHDOG_USEC": "-1"], nil), (["WATCHDOG_USEC": "1"], nil),
      (["WATCHDOG_USEC": "soon"], nil), (["WATCHDOG_USEC": "99999999999999999999"], nil),
    ] as [([String: String], Int?)])
  func interval(environment: [String: String], microseconds: Int?) {
    #expect(WatchdogInterval(environment, process: 7)?.tellingMicroseconds == microseconds)
  }
}
