import Access
import Foundation

/// The three descriptors that a program is given.
enum StandardStreams {
  /// Fills those that are missing, so that no database or key file gets a stream's number and then what was meant for
  /// the stream. To write where nothing was given still fails.
  ///
  /// Errors: ``Trouble``.
  static func fill() throws {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(stream, F_GETFD) < 0 && errno == EBADF {
      // open(2) takes the lowest number, which is this one. An output is opened to be read alone.
      let opened = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
      guard opened == stream else {
        throw Trouble(
          "/dev/null can't be opened in place of a closed stream: \(systemReason(errno))",
          exitStatus: .unavailable)
      }
    }
  }
}
