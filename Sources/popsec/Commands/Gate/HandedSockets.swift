import Access
import Foundation
import Gate

/// The sockets with which the gate was started, as systemd hands them over (sd_listen_fds(3)).
enum HandedSockets {
  private static let firstDescriptor: Int32 = 3
  private static let variables = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "LISTEN_PIDFDID"]

  /// The number of sockets; 0 where they were meant for another process.
  ///
  /// Errors: ``Trouble`` where the variables are malformed.
  static func count(_ environment: [String: String], process: Int32) throws(Trouble) -> Int {
    guard let listener = environment["LISTEN_PID"], let count = environment["LISTEN_FDS"],
      Int32(listener) == process
    else { return 0 }
    guard let count = Int(count), (0...64).contains(count) else {
      throw Trouble(
        "LISTEN_FDS is \(quotedExcerpt(count)), which is no number of sockets up to 64",
        hint: "see sd_listen_fds(3)", exitStatus: .usage)
    }
    return count
  }

  /// Takes the sockets over, and unsets the variables, so that no other program takes the sockets for its
  /// own.
  static func take() throws -> [ListeningSocket] {
    let count = try count(ProcessInfo.processInfo.environment, process: getpid())
    defer { for variable in variables { unsetenv(variable) } }
    return try (0..<Int32(count)).map { number in
      do throws(SystemError) { return try ListeningSocket.handed(firstDescriptor + number) } catch {
        throw Trouble(
          "what was handed over as descriptor \(firstDescriptor + number) can't be used: "
            + (error.code == EINVAL ? "it is no stream socket that listens" : systemReason(error.code)),
          hint: "a socket unit needs ListenStream= and Accept=no (systemd.socket(5))", exitStatus: .badData)
      }
    }
  }
}
