import Access
import Foundation

/// The three descriptors with which a program starts.
enum StandardStreams {
  /// Opens the missing ones, so that no database or key file gets the number of a stream and then receives
  /// what was meant for the stream. Writing to a stream that was missing still fails.
  ///
  /// Errors: ``Trouble``.
  static func fill() throws {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(stream, F_GETFD) < 0 && errno == EBADF {
      // open(2) takes the lowest free number, which is this one. An output is opened only for reading.
      let opened = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
      guard opened == stream else {
        throw Trouble(
          "/dev/null can't be opened in place of a closed stream: \(systemReason(errno))",
          exitStatus: .unavailable)
      }
    }
  }
}
