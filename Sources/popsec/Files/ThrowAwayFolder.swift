import Access
import Foundation

/// A folder for this process alone (0700), which is removed after its use.
struct ThrowAwayFolder {
  let path: String

  /// - Parameters:
  ///   - use: what the folder is for, which is a part of its name.
  ///   - named: the folder in which the folder is made; nil for the usual one.
  init(for use: String, in named: String? = nil) throws(Trouble) {
    let parent = named ?? ProcessInfo.processInfo.environment.filled("TMPDIR") ?? "/tmp"
    var template = Array((parent + "/popsec-\(use)-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Trouble(
        "no folder can be made in \(parent): \(systemReason(errno))", hint: "name another with TMPDIR",
        exitStatus: .cannotCreate)
    }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// Runs the body while SIGINT, SIGTERM and SIGHUP wait. Where one came, the folder is removed before the
  /// signal takes effect.
  func keepingSignals(_ body: () throws -> Void) rethrows {
    var held = sigset_t()
    var before = sigset_t()
    sigemptyset(&held)
    for signal in Self.ending { sigaddset(&held, signal) }
    pthread_sigmask(SIG_BLOCK, &held, &before)
    defer {
      if hasPendingSignal { remove() }
      pthread_sigmask(SIG_SETMASK, &before, nil)
    }
    try body()
  }

  private static let ending = [SIGINT, SIGTERM, SIGHUP]

  private var hasPendingSignal: Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return Self.ending.contains { sigismember(&pending, $0) == 1 }
  }
}
